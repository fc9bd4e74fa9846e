//! Things by their names. The standard library builds a map anew for every type it holds, some
//! 2 kB each; here all share the one from names to numbers. Knows nothing of what the things are.

use rustc_hash::FxHashMap as HashMap;

/// Things by their names, in the order in which they came.
pub(super) struct Register<T> {
    places: HashMap<String, usize>,
    things: Vec<T>,
}

/// Names alone.
pub(super) type Names = Register<()>;

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self {
            places: HashMap::default(),
            things: Vec::new(),
        }
    }
}

impl<T> Register<T> {
    /// Enters a thing; `false` where the name is taken, and then nothing changes.
    pub(super) fn add(&mut self, name: &str, thing: T) -> bool {
        let is_new = !self.has(name);
        if is_new {
            self.places.insert(name.to_owned(), self.things.len());
            self.things.push(thing);
        }
        is_new
    }

    /// The things, in the order in which they came.
    pub(super) fn into_things(self) -> Vec<T> {
        self.things
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&T> {
        self.places.get(name).map(|&place| &self.things[place])
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.places.get(name).map(|&place| &mut self.things[place])
    }
}

impl<T: Default> Register<T> {
    /// The thing of this name, made empty where there is none.
    pub(super) fn or_default(&mut self, name: &str) -> &mut T {
        self.add(name, T::default());
        &mut self.things[self.places[name]]
    }
}

impl Names {
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut made = Self::default();
        for name in names {
            made.add(name, ());
        }
        made
    }
}
