//! Elements of the page, all of one shape.
//!
//! Leptos makes every combination of tag, attributes and children a type of its own, and for each
//! the compiler builds the whole machinery of rendering. [`Element`] gathers them as values first,
//! so that one such machine serves all: the page stays small enough to be fetched over a slow line.
//! Nothing here knows what the elements are for.

use leptos::ev;
use leptos::html::{Custom, ElementChild, custom};
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::class::class;
use leptos::tachys::html::node_ref::node_ref;
use leptos::tachys::html::property::prop;
use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent};

/// Where an element will be found once it is in the page.
pub type ElementRef = NodeRef<Custom<&'static str>>;

/// What an event does.
pub type Listener = Box<dyn FnMut(Event)>;

type Read<T> = Box<dyn Fn() -> T + Send + Sync>;

/// An element under construction.
pub struct Element {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Begins an element.
pub fn element(tag: &'static str) -> Element {
    Element {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

/// A button with a name.
pub fn button(name: &'static str, act: impl FnMut() + 'static) -> Element {
    element("button").press(act).say(name)
}

/// A form; sending it does this, and the page itself never goes anywhere.
pub fn form(mut act: impl FnMut() + 'static) -> Element {
    element("form")
        .class("form")
        .on("submit", move |event: Event| {
            event.prevent_default();
            act();
        })
}

/// The name of the field with this id.
pub fn field_name(id: &'static str, name: &'static str) -> Element {
    element("label").class("field").set("for", id).say(name)
}

/// A box to tick; `act` is told whether it is ticked.
pub fn tick_box(
    is_on: impl Fn() -> bool + Send + Sync + 'static,
    mut act: impl FnMut(bool) + 'static,
) -> Element {
    let field = element("input").set("type", "checkbox");
    field
        .checked(Box::new(is_on))
        .on("change", move |event| act(event_target_checked(&event)))
}

/// One of several choices called `group`.
pub fn radio(
    group: &'static str,
    is_on: impl Fn() -> bool + Send + Sync + 'static,
    mut act: impl FnMut() + 'static,
) -> Element {
    let field = tick_box(is_on, move |_| act());
    field.set("type", "radio").set("name", group)
}

/// A text that follows what it reads.
pub fn text(read: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    let read: Read<String> = Box::new(read);
    Signal::derive(read).into_any()
}

/// What stands in an element: another one, words, or what changes by itself.
impl From<Element> for AnyView {
    fn from(element: Element) -> Self {
        element.view()
    }
}

impl Element {
    /// An attribute that stays as it is.
    #[inline(never)]
    pub fn set(self, name: &'static str, value: &'static str) -> Self {
        self.add(custom_attribute(name, value).into_any_attr())
    }

    /// An attribute that stays as it is made.
    #[inline(never)]
    pub fn set_to(self, name: &'static str, value: String) -> Self {
        self.add(custom_attribute(name, value).into_any_attr())
    }

    /// Says which language its words are in, where that is known.
    pub fn in_language(self, code: Option<String>) -> Self {
        match code {
            Some(code) => self.set_to("lang", code),
            None => self,
        }
    }

    /// Classes that stay.
    pub fn class(self, names: &'static str) -> Self {
        self.set("class", names)
    }

    /// An attribute that follows what it reads.
    pub fn follow(
        self,
        name: &'static str,
        read: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        self.follow_boxed(name, Box::new(move || Some(read())))
    }

    /// An attribute that may be absent and follows what it reads.
    pub fn follow_maybe(
        self,
        name: &'static str,
        read: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.follow_boxed(name, Box::new(read))
    }

    /// An attribute without a value that is there or not.
    pub fn follow_if(
        self,
        name: &'static str,
        read: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        self.follow_boxed(name, Box::new(move || read().then(String::new)))
    }

    #[inline(never)]
    fn follow_boxed(self, name: &'static str, read: Read<Option<String>>) -> Self {
        self.add(custom_attribute(name, Signal::derive(read)).into_any_attr())
    }

    /// A class that is there or not.
    pub fn class_if(
        self,
        name: &'static str,
        read: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        self.class_if_boxed(name, Box::new(read))
    }

    #[inline(never)]
    fn class_if_boxed(self, name: &'static str, read: Read<bool>) -> Self {
        self.add(class((name, Signal::derive(read))).into_any_attr())
    }

    /// What a field holds, as long as nobody types.
    pub fn value(self, read: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.value_boxed(Box::new(read))
    }

    #[inline(never)]
    fn value_boxed(self, read: Read<String>) -> Self {
        self.add(prop("value", Signal::derive(read)).into_any_attr())
    }

    #[inline(never)]
    fn checked(self, read: Read<bool>) -> Self {
        self.add(prop("checked", Signal::derive(read)).into_any_attr())
    }

    /// Where the element is to be found.
    #[inline(never)]
    pub fn found_by(self, place: ElementRef) -> Self {
        self.add(node_ref(place).into_any_attr())
    }

    /// Listens to an event.
    pub fn on(self, name: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        self.on_boxed(name, Box::new(act))
    }

    #[inline(never)]
    fn on_boxed(self, name: &'static str, act: Listener) -> Self {
        let event = ev::Custom::<Event>::new(name);
        self.add(leptos::tachys::html::event::on(event, act).into_any_attr())
    }

    /// Listens to an event before what is inside of the element does.
    pub fn on_first(self, name: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        let event = ev::capture(ev::Custom::<Event>::new(name));
        let act: Listener = Box::new(act);
        self.add(leptos::tachys::html::event::on(event, act).into_any_attr())
    }

    /// Listens to an event of the pointer.
    pub fn pointer(self, name: &'static str, mut act: impl FnMut(PointerEvent) + 'static) -> Self {
        self.on(name, move |event| act(event.unchecked_into()))
    }

    /// What a press of a button does.
    pub fn press(self, mut act: impl FnMut() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    /// What a change of a field does; told what the field holds.
    pub fn typed(self, mut act: impl FnMut(String) + 'static) -> Self {
        self.on("input", move |event| act(event_target_value(&event)))
    }

    /// A child, after those there are.
    pub fn with(self, child: impl Into<AnyView>) -> Self {
        self.with_view(child.into())
    }

    #[inline(never)]
    fn with_view(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Several elements.
    #[inline(never)]
    pub fn with_all(mut self, children: Vec<Element>) -> Self {
        self.children
            .extend(children.into_iter().map(Element::view));
        self
    }

    /// Words, after the children there are.
    #[inline(never)]
    pub fn say(self, words: &'static str) -> Self {
        self.with_view(words.into_any())
    }

    /// Words that are made once.
    #[inline(never)]
    pub fn say_this(self, words: String) -> Self {
        self.with_view(words.into_any())
    }

    /// Words that follow what they read.
    pub fn show(self, read: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.with_view(text(read))
    }

    #[inline(never)]
    fn add(mut self, attribute: AnyAttribute) -> Self {
        self.attributes.push(attribute);
        self
    }

    /// The finished element.
    #[inline(never)]
    pub fn view(self) -> AnyView {
        custom(self.tag)
            .child(self.children)
            .add_any_attr(self.attributes)
            .into_any()
    }
}
