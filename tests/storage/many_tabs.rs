//! Several tabs on the same articles, over local storage that each sees late and a safe copy that
//! acknowledges late, with power cuts, full stores, damage and clocks that jump: what was
//! acknowledged comes back, nothing is invented, and in the end all agree.
//!
//! `SOURCELIGHT_CASES` sets how many cases are tried. They are the same at every run, so that a red
//! run is red again; `SOURCELIGHT_SEED` sets others, a number or `random`.

use std::collections::VecDeque;
use std::rc::Rc;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sourcelight::model::sorted::SortedSet;
use sourcelight::model::*;
use sourcelight::storage::Write;

use crate::oracle::{Image, Oracle, Shared, View, tell};
use crate::sample::*;
use crate::step::{Step, edit_of, step};

/// What happens; the first number of most says in which tab.
#[derive(Debug, Clone)]
enum Act {
    Edit(usize, Step),
    /// The tab sees what others have written.
    Hear(usize),
    /// The safe copy acknowledges the oldest transaction. Those of one store are done in the order in
    /// which they are begun, and a tab begins one when its last one is done.
    Acknowledge,
    /// The tab gets on with uniting local storage and the safe copy.
    Unite(usize),
    /// The tab is closed and another opened; the first transactions may still arrive.
    Reopen(usize, usize),
    /// Only in cases without a full store, see [`World::is_roomy`].
    Fold(usize, usize),
    Quota(usize, usize),
    Retry(usize),
    Clock(usize, u64),
    Crash(Crash),
}

#[derive(Debug, Clone)]
struct Crash {
    /// How many of the last writes local storage has lost; any number is brought to fit.
    back: usize,
    /// How many transactions arrived without an acknowledgement.
    arrived: usize,
    /// A value in local storage that is damaged, and where and how.
    damage: Option<(usize, usize, char)>,
}

fn act() -> impl Strategy<Value = Act> {
    let tab = || 0..3_usize;
    let damage = (
        0..1_000_usize,
        0..1_000_usize,
        prop_oneof![Just('x'), Just('1'), Just('"')],
    );
    let arrived = prop_oneof![2 => Just(0_usize), 1 => 0..5_usize];
    let back = prop_oneof![2 => 0..8_usize, 1 => 0..1_000_usize];
    let crash = (back, arrived, prop::option::of(damage));
    prop_oneof![
        12 => (tab(), step()).prop_map(|(tab, step)| Act::Edit(tab, step)),
        4 => tab().prop_map(Act::Hear),
        6 => Just(Act::Acknowledge),
        4 => tab().prop_map(Act::Unite),
        2 => (tab(), 0..3_usize).prop_map(|(tab, arrived)| Act::Reopen(tab, arrived)),
        2 => (tab(), 0..4_usize).prop_map(|(tab, few)| Act::Fold(tab, few)),
        1 => (tab(), 0..900_usize).prop_map(|(tab, free)| Act::Quota(tab, free)),
        1 => tab().prop_map(Act::Retry),
        1 => (tab(), 0..2_000_u64).prop_map(|(tab, to)| Act::Clock(tab, to)),
        2 => crash.prop_map(|(back, arrived, damage)| Act::Crash(Crash { back, arrived, damage })),
    ]
}

/// How far a tab is with bringing local storage and the safe copy to the same.
enum Uniting {
    Opened,
    /// What to fetch from the copy, and what to bring there.
    Compared(Vec<String>, Vec<Write>),
    Done,
}

struct Slot {
    tab: Tab,
    writer: String,
    view: Rc<View>,
    /// Transactions that the safe copy has not acknowledged, oldest first.
    waiting: VecDeque<Vec<Write>>,
    /// When the oldest of them was begun.
    begun: usize,
    uniting: Uniting,
}

struct World {
    tabs: usize,
    /// Whether this case folds, or has full stores instead. Where an entry has no room in local
    /// storage, folding there takes its text for needless: a known gap that is left out here.
    is_roomy: bool,
    shared: Rc<Shared>,
    copy: Image,
    slots: Vec<Slot>,
    oracle: Oracle,
    opened: usize,
}

/// The reading set.
fn set() -> Vec<Document> {
    vec![document("set0", TEXTS[0])]
}

impl Slot {
    fn open(shared: &Rc<Shared>, number: usize) -> Self {
        let view = View::of(shared, number);
        // Writers in an order that has nothing to do with time.
        let writer = format!("w{}x{number}", number * 7 % 10);
        let tab = Tab::open(view.clone(), &writer, &set()).0;
        let (waiting, uniting) = (VecDeque::new(), Uniting::Opened);
        Self {
            tab,
            writer,
            view,
            waiting,
            begun: 0,
            uniting,
        }
    }

    /// Passes on to the safe copy what the journal has written.
    fn pass_on(&mut self, oracle: &mut Oracle) {
        let writes = self.tab.journal.take_unmirrored();
        oracle.attempt(&self.tab, &self.writer, &writes);
        self.wait(writes);
    }

    fn wait(&mut self, writes: Vec<Write>) {
        if !writes.is_empty() {
            if self.waiting.is_empty() {
                self.begun = self.view.tick();
            }
            self.waiting.push_back(writes);
        }
    }

    fn unite(&mut self, copy: &Image, oracle: &mut Oracle) {
        self.uniting = match std::mem::replace(&mut self.uniting, Uniting::Done) {
            Uniting::Opened => {
                let keys = SortedSet::of_keys(copy.keys().cloned());
                let compared = self.tab.journal.compare(&keys);
                let (fetch, bring) = compared.expect("it can be read");
                Uniting::Compared(fetch, bring)
            }
            Uniting::Compared(fetch, bring) => {
                self.wait(bring);
                let found = fetch.into_iter();
                let found = found.filter_map(|key| Some((key.clone(), copy.get(&key)?.clone())));
                self.tab.recover_these(found.collect());
                self.pass_on(oracle);
                Uniting::Done
            }
            Uniting::Done => Uniting::Done,
        };
    }

    /// Everything that is stored anywhere is in this tab now.
    fn unite_fully(&mut self, copy: &Image, oracle: &mut Oracle) {
        self.unite(copy, oracle);
        self.unite(copy, oracle);
    }
}

impl World {
    fn new(tabs: usize, is_roomy: bool) -> Self {
        let shared = Shared::of(Image::new());
        let (oracle, copy) = (Oracle::default(), Image::new());
        let mut world = Self {
            tabs,
            is_roomy,
            shared,
            copy,
            slots: Vec::new(),
            oracle,
            opened: 0,
        };
        world.slots = (0..tabs).map(|_| world.open()).collect();
        world
    }

    fn open(&mut self) -> Slot {
        self.opened += 1;
        Slot::open(&self.shared, self.opened)
    }

    fn act(&mut self, act: &Act) {
        let tabs = self.tabs;
        let (copy, oracle) = (&self.copy, &mut self.oracle);
        match act {
            Act::Edit(at, step) => {
                let slot = &mut self.slots[at % tabs];
                match step {
                    Step::Undo => drop(slot.tab.undo()),
                    // A full store is no reason to stop: the safe copy takes the change.
                    _ => drop(edit_of(&slot.tab, 0, step).map(|edit| slot.tab.edit(edit))),
                }
                slot.pass_on(oracle);
            }
            Act::Hear(at) => self.hear(at % tabs),
            Act::Acknowledge => drop(self.acknowledge()),
            Act::Unite(at) => self.slots[at % tabs].unite(copy, oracle),
            Act::Reopen(at, arrived) => self.reopen(at % tabs, *arrived),
            Act::Fold(at, few) if self.is_roomy => {
                let slot = &mut self.slots[at % tabs];
                // Where there is no room nothing is folded.
                drop(slot.tab.journal.fold_beyond(*few));
                slot.pass_on(oracle);
            }
            Act::Quota(at, free) if !self.is_roomy => self.slots[at % tabs]
                .view
                .limit((*free < 600).then_some(*free)),
            Act::Retry(at) => {
                let slot = &mut self.slots[at % tabs];
                drop(slot.tab.journal.retry());
                slot.pass_on(oracle);
            }
            Act::Clock(at, to) => self.slots[at % tabs].tab.clock = *to,
            Act::Crash(crash) => self.crash(crash),
            Act::Fold(..) | Act::Quota(..) => {}
        }
    }

    fn hear(&mut self, at: usize) {
        let slot = &mut self.slots[at];
        slot.view.look();
        slot.tab.catch_up();
    }

    /// The transaction that was begun first is done. Answers with its tab.
    fn acknowledge(&mut self) -> Option<usize> {
        let busy = (0..self.slots.len()).filter(|at| !self.slots[*at].waiting.is_empty());
        let at = busy.min_by_key(|at| self.slots[*at].begun)?;
        let slot = &mut self.slots[at];
        slot.begun = slot.view.tick();
        let writes = slot.waiting.pop_front()?;
        tell(&mut self.copy, &writes);
        self.oracle.acknowledge(&slot.tab, &slot.writer, &writes);
        Some(at)
    }

    fn reopen(&mut self, at: usize, arrived: usize) {
        for _ in 0..arrived {
            while self.acknowledge().is_some_and(|done| done != at) {}
        }
        self.slots[at] = self.open();
    }

    /// Power goes: local storage is as it was at some moment, the safe copy has all it acknowledged.
    fn crash(&mut self, crash: &Crash) {
        let promised = self.oracle.acknowledged.clone();
        for _ in 0..crash.arrived {
            self.acknowledge();
        }
        self.oracle.acknowledged = promised;
        let mut image = self.shared.image(crash.back % (self.shared.writes() + 1));
        if let Some((key, at, with)) = crash.damage {
            damage(&mut image, key, at, with);
        }
        self.shared = Shared::of(image);
        let mut first = self.open();
        first.unite_fully(&self.copy, &mut self.oracle);
        let found = first.tab.state();
        self.oracle.check(&found);
        self.slots[0] = first;
        // What was found is promised from now on.
        self.slots.truncate(1);
        while self.acknowledge().is_some() {}
        self.check_again(&found);
        while self.slots.len() < self.tabs {
            let slot = self.open();
            self.slots.push(slot);
        }
    }

    /// Whoever opens the store next, reading in another order, finds the same and has nothing to do.
    fn check_again(&mut self, found: &State) {
        for _ in 0..2 {
            let mut next = self.open();
            next.unite_fully(&self.copy, &mut self.oracle);
            assert_eq!(&next.tab.state(), found, "the next one finds the same");
        }
    }

    /// Everything gets through, and all tabs come to the same, which is what was promised.
    fn settle(&mut self) {
        for at in 0..self.slots.len() {
            let slot = &mut self.slots[at];
            slot.view.look();
            slot.view.limit(None);
            slot.unite_fully(&self.copy, &mut self.oracle);
            assert_eq!(slot.tab.journal.retry(), Ok(()));
            slot.pass_on(&mut self.oracle);
            while self.acknowledge().is_some() {}
        }
        for at in 0..self.slots.len() {
            self.hear(at);
        }
        let found = self.slots[0].tab.state();
        for slot in &self.slots[1..] {
            assert_eq!(slot.tab.state(), found, "all tabs agree");
        }
        self.oracle.check(&found);
        self.check_again(&found);
    }
}

/// Changes or cuts one value.
fn damage(image: &mut Image, key: usize, at: usize, with: char) {
    let keys: Vec<String> = image.keys().cloned().collect();
    let Some(key) = keys.get(key % keys.len().max(1)) else {
        return;
    };
    let mut value: Vec<char> = image[key].chars().collect();
    let at = at % value.len().max(1);
    match value.get(at) {
        Some(there) if *there != with => value[at] = with,
        _ => value.truncate(at),
    }
    image.insert(key.clone(), value.into_iter().collect());
}

fn cases() -> u32 {
    let wanted = std::env::var("SOURCELIGHT_CASES").ok();
    wanted.map_or(1_000, |it| {
        it.parse().expect("SOURCELIGHT_CASES is a number")
    })
}

fn seed() -> RngSeed {
    match std::env::var("SOURCELIGHT_SEED").as_deref() {
        Ok("random") => RngSeed::Random,
        Ok(number) => RngSeed::Fixed(number.parse().expect("SOURCELIGHT_SEED is a number")),
        Err(_) => RngSeed::Fixed(3),
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        rng_seed: seed(),
        ..ProptestConfig::with_cases(cases())
    }
}

proptest! {
    #![proptest_config(config())]

    /// P1 to P4, for several tabs at once.
    #[test]
    fn what_was_acknowledged_to_any_tab_comes_back(
        tabs in 2..4_usize,
        is_roomy in any::<bool>(),
        acts in prop::collection::vec(act(), 1..60),
    ) {
        let mut world = World::new(tabs, is_roomy);
        for act in &acts {
            world.act(act);
        }
        world.settle();
    }
}
