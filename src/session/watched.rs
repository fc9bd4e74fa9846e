//! Values that the screen follows, all by one machine.
//!
//! For each type that a signal or a memo holds the compiler builds the whole machinery anew, some
//! 3 kB. Here all values are held in one type and only their reading and making differ. Signals of
//! `bool`, `u32` and `String`, which views take as they are, stay those of Leptos.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::graph::{Subscriber, ToAnySubscriber};

/// What can be watched.
pub trait Value: Clone + PartialEq + Send + Sync + 'static {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Value for T {}

/// What is too large to be compared: two are equal where they are one.
#[derive(Debug, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// A value that nothing else is the same as.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> std::ops::Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A value of any type.
#[derive(Clone)]
struct Held {
    value: Arc<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

impl Held {
    fn new<T: Value>(value: T) -> Self {
        Self {
            value: Arc::new(value),
            is_same: |a, b| a.downcast_ref::<T>() == b.downcast_ref::<T>(),
        }
    }

    fn read<T: Value>(&self) -> &T {
        let value = self.value.downcast_ref();
        value.expect("whoever holds it also knows its type")
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

/// A value that can be changed and followed; copies are the same value.
pub struct Watched<T>(RwSignal<Held>, PhantomData<fn() -> T>);

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

impl<T: Value> Watched<T> {
    /// A value to begin with.
    pub fn new(value: T) -> Self {
        Self(RwSignal::new(Held::new(value)), PhantomData)
    }

    /// The value, which is followed.
    pub fn get(&self) -> T {
        self.0.get().read::<T>().clone()
    }

    /// The value as it is now.
    pub fn get_untracked(&self) -> T {
        self.0.get_untracked().read::<T>().clone()
    }

    /// Reads the value and follows it.
    pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(self.0.get().read())
    }

    /// Reads the value as it is now.
    pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(self.0.get_untracked().read())
    }

    /// Follows the value.
    pub fn track(&self) {
        self.0.track();
    }

    /// Gives it another value. Who follows it is told, even where the two are the same.
    pub fn set(&self, value: T) {
        self.0.set(Held::new(value));
    }

    /// Changes the value.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        let mut value = self.get_untracked();
        change(&mut value);
        self.set(value);
    }
}

/// A value that follows from others; copies are the same value.
pub struct Derived<T>(Memo<Held>, PhantomData<fn() -> T>);

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: Value> Derived<T> {
    /// What `derive` makes of what it reads. Who follows it is told where that has become another.
    pub fn new(derive: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self(memo(Box::new(move || Held::new(derive()))), PhantomData)
    }

    /// The value, which is followed.
    pub fn get(&self) -> T {
        self.0.get().read::<T>().clone()
    }

    /// The value as it is now.
    pub fn get_untracked(&self) -> T {
        self.0.get_untracked().read::<T>().clone()
    }

    /// Reads the value and follows it.
    pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(self.0.get().read())
    }

    /// Reads the value as it is now.
    pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(self.0.get_untracked().read())
    }
}

fn memo(derive: Box<dyn Fn() -> Held + Send + Sync>) -> Memo<Held> {
    let memo = ArcMemo::new(move |_| derive());
    // Leptos takes what is gone off the lists of what it followed only when it looks again, which it
    // never does: each row that scrolls by would make every later change of a mark slower.
    let follower = memo.to_any_subscriber();
    on_cleanup(move || follower.clear_sources(&follower));
    memo.into()
}
