//! Words with capitals that are no part of a name, and small words that may stand within one.

use super::super::words::COMMON;
use super::reading::form_of;
use crate::model::sorted::sort_by;

/// What stands before a name and is no part of it.
const TITLES: &str = "mr mrs ms miss mx dr prof professor sir dame lady president vice-president vice prime minister \
    chancellor mayor mayoress governor gov senator sen representative rep congressman congresswoman secretary ambassador \
    pope bishop archbishop cardinal rev reverend rabbi imam judge sheriff officer constable inspector detective \
    sergeant sgt captain capt commander colonel col lieutenant lt admiral director chairman chairwoman chairperson \
    executive ceo cfo spokesman spokeswoman spokesperson leader councillor councilor council councilman councilwoman \
    commissioner deputy former acting engineer coach harbour harbor master managing manager treasurer analyst \
    researcher scientist economist reporter journalist author editor operator driver owner witness lawyer attorney \
    herr frau präsident präsidentin bundespräsident bundeskanzler bundeskanzlerin kanzler kanzlerin minister ministerin \
    ministerpräsident ministerpräsidentin innenminister innenministerin außenminister außenministerin bürgermeister \
    bürgermeisterin oberbürgermeister oberbürgermeisterin landrat landrätin direktor direktorin geschäftsführer \
    geschäftsführerin sprecher sprecherin professorin doktor ingenieur ingenieurin \
    monsieur madame mademoiselle m mme mlle maître président présidente ministre maire docteur professeur directeur directrice \
    señor señora don doña presidente presidenta ministro ministra alcalde alcaldesa doctor doctora profesor profesora \
    director directora signor signora dottor";

/// Words behind which a point ends no sentence.
const SHORTENED: &str = "mr mrs ms mx dr prof gov sen rep rev sgt capt col lt st jr sr mt m";

/// Days, months and the one who writes: no part of a name.
const STOPS: &str = "i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday january february march \
    april may june july august september october november december feb aug sept oct nov dec \
    mondays tuesdays wednesdays thursdays fridays saturdays sundays \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz mai juni juli oktober \
    dezember ok";

/// Months that are names, too.
const NAMES_TOO: &str = "may april june august";

/// Words that begin a sentence more often than a name, beside those that stand somewhere in small letters.
const OPENERS: &str = "although another both despite during each earlier even every following given here however \
    instead last later like many meanwhile moreover most much never nobody none nothing once perhaps right see several since \
    so soon sometimes still today tomorrow tonight yesterday yes thanks though through today together under unlike until \
    when whenever while within without yet nor nevertheless therefore thus these next two three four five six seven eight nine \
    ten eleven twelve dear hello please \
    der die das den dem des ein eine einen einem einer eines und oder aber auch als am an auf aus bei beim bis da dann dass \
    dazu denn dennoch doch dort er es sie wir ihr ihre für gegen heute gestern hier im in ist jetzt kein keine man mit nach \
    nicht noch nun nur ob obwohl seit so trotz über um unter viele vom von vor während was weil wenn wer wie wo zu zum zur zwar \
    le la les un une des du de et ou mais au aux ce cette ces ces cela dans depuis elle elles il ils en est je nous on où par pas \
    pour pourtant puis quand que qui sans selon ses si son sous sur tous tout très vous \
    el los las una unos unas y o pero al del con como cuando desde donde él ella ellos entre es esta este esto estos hasta hoy ayer \
    lo más mi muy ni no nos para por porque pues según ser si sin sobre su sus también tras";

/// Small words within a name, and those that stand only behind another one of them.
const PARTICLES: &str =
    "of de da do dos das du di del della van von bin ibn ben bint al af av zu ten ter";
const SECOND: &str = "the der den dem la las los le";

/// What belongs to a people or a language and is no name by itself.
const PEOPLES: &str = "french german dutch greek swiss czech thai arab arabs welsh germans greeks afghan \
    christian christians muslim muslims islam internet covid";

/// Before a noun, in German.
const BEFORE_NOUNS: &str = "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner im am \
    zum zur vom beim ins ans seine seinen seinem seiner ihre ihren ihrem ihrer sein ihr diese dieser diesem diesen dieses \
    jede jeder jedes jeden viele mehr alle";

/// Small words that together are German.
const GERMAN: &str = "und nicht ist der mit auf";

/// A set of words, by their forms.
pub(super) struct Set(Vec<u32>);

impl Set {
    pub fn of(mut forms: Vec<u32>) -> Self {
        sort_by(&mut forms, Ord::cmp);
        forms.dedup();
        Self(forms)
    }

    fn read(words: &str) -> Self {
        Self::of(words.split_whitespace().map(form_of).collect())
    }

    pub fn has(&self, form: u32) -> bool {
        self.0.binary_search(&form).is_ok()
    }

    pub fn all(&self) -> &[u32] {
        &self.0
    }
}

/// The sets that reading an article needs.
pub(super) struct Lists {
    pub titles: Set,
    pub shortened: Set,
    pub stops: Set,
    pub names_too: Set,
    pub openers: Set,
    pub particles: Set,
    pub second: Set,
    pub peoples: Set,
    pub before_nouns: Set,
    pub german: Set,
}

impl Default for Lists {
    fn default() -> Self {
        let openers = [OPENERS, COMMON].into_iter();
        let openers = openers.flat_map(|it| it.split_whitespace().map(form_of));
        Self {
            titles: Set::read(TITLES),
            shortened: Set::read(SHORTENED),
            stops: Set::read(STOPS),
            names_too: Set::read(NAMES_TOO),
            openers: Set::of(openers.collect()),
            particles: Set::read(PARTICLES),
            second: Set::read(SECOND),
            peoples: Set::read(PEOPLES),
            before_nouns: Set::read(BEFORE_NOUNS),
            german: Set::read(GERMAN),
        }
    }
}

/// Whether a word, in small letters, says of whom something is rather than who: “Mexican”, “British”.
pub(super) fn ends_as_a_people(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    let endings = ["ican", "ish", "ese", "ian", "ean", "raeli", "raqi"];
    word.len() > 5 && endings.iter().any(|it| word.ends_with(it))
}
