//! Sorting and sorted maps that cost the page little.
//!
//! The standard library builds its whole sort, some 5 kB, for every type that is sorted, and as much
//! again for every type of `BTreeMap`. Here all types share one sort, and a map is a sorted list.
//! Knows nothing of what it sorts.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::ops::Index;

/// Sorts `items`; those that compare equal keep their order.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places = places(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    for at in 0..items.len() {
        // Each exchange brings one item home, so that all take as many steps as there are items.
        while places[at] != at {
            let home = places[at];
            items.swap(at, home);
            places.swap(at, home);
        }
    }
}

/// Sorts `items` by what `key` makes of each; those with equal keys keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// A list in which the item at `from`, which must be there, has gone up (negative) or down by some
/// places, as far as there are any.
pub(super) fn shifted<T>(mut list: Vec<T>, from: usize, by: i32) -> Vec<T> {
    let to = from.saturating_add_signed(by as isize).min(list.len() - 1);
    let one = list.remove(from);
    list.insert(to, one);
    list
}

/// Where each of `length` items belongs. The one place where the standard sort is built.
#[inline(never)]
fn places(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|&a, &b| compare(a, b));
    let mut places = vec![0; length];
    for (place, at) in order.into_iter().enumerate() {
        places[at] = place;
    }
    places
}

/// A map for few entries, or for entries that come about in order: finding one is quick, but one
/// that is put in the middle moves all behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct SortedMap<K, V>(Vec<(K, V)>);

/// A set in the manner of [`SortedMap`].
pub type SortedSet<K> = SortedMap<K, ()>;

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// A map of `entries`; of several with one key the last one counts.
    pub fn of(mut entries: Vec<(K, V)>) -> Self {
        entries.reverse();
        sort_by(&mut entries, |a, b| a.0.cmp(&b.0));
        entries.dedup_by(|next, kept| next.0 == kept.0);
        Self(entries)
    }

    /// The value of `key`.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// The value of `key`, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Whether `key` has a value.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Gives `key` a value; answers with the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// The value of `key`, which is made where there is none.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = self.place(&key).unwrap_or_else(|at| {
            self.0.insert(at, (key, V::default()));
            at
        });
        &mut self.0[at].1
    }

    /// Takes `key` out; answers with the value it had.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }

    /// Keeps those of which `keep` says so.
    pub fn retain(&mut self, keep: impl Fn(&V) -> bool) {
        self.0.retain(|entry| keep(&entry.1));
    }

    /// All entries, by key.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|entry| entry.0.borrow().cmp(key))
    }
}

impl<K: Ord> SortedMap<K, ()> {
    /// A set of `keys`.
    pub fn of_keys(keys: impl IntoIterator<Item = K>) -> Self {
        Self::of(keys.into_iter().map(|key| (key, ())).collect())
    }

    /// A set of `keys` of which many are the same, in little more than the time it takes to look at each.
    pub fn of_few<'k>(keys: impl IntoIterator<Item = &'k K>) -> Self
    where
        K: Clone + 'k,
    {
        let mut all = Self::default();
        for key in keys {
            if let Err(at) = all.place(key) {
                all.0.insert(at, (key.clone(), ()));
            }
        }
        all
    }

    /// Adds `key`; answers whether it is new.
    pub fn add(&mut self, key: K) -> bool {
        self.insert(key, ()).is_none()
    }

    /// Takes `key` out, or adds it where it was not there.
    pub fn toggle(&mut self, key: &K)
    where
        K: Clone,
    {
        if self.remove(key).is_none() {
            self.add(key.clone());
        }
    }

    /// All of them, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|entry| &entry.0)
    }
}

impl<K: Ord + Borrow<Q>, Q: Ord + ?Sized, V> Index<&Q> for SortedMap<K, V> {
    type Output = V;

    /// The value of a key that is known to have one.
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("the key was said to be there")
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(entries: T) -> Self {
        Self::of(entries.into_iter().collect())
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorting_is_that_of_the_standard_library(items in prop::collection::vec((0_u8..9, 0_u8..9), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |it| it.0);
            theirs.sort_by_key(|it| it.0);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn a_map_is_that_of_the_standard_library(steps in prop::collection::vec((0_u8..20, 0_u8..3, 0_u8..9), 0..80)) {
            let entries: Vec<_> = steps.iter().map(|&(key, _, value)| (key, value)).collect();
            let mut theirs: std::collections::BTreeMap<u8, u8> = entries.iter().copied().collect();
            let mut ours = SortedMap::of(entries);
            for (key, step, value) in steps {
                match step {
                    0 => prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value)),
                    1 => prop_assert_eq!(ours.remove(&key), theirs.remove(&key)),
                    _ => *ours.or_default(key) = *theirs.entry(key).or_default(),
                }
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
                prop_assert_eq!(ours.contains(&key), theirs.contains_key(&key));
            }
            prop_assert!(ours.into_iter().eq(theirs));
        }
    }
}
