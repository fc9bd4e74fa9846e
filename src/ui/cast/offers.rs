//! Who is offered for what is typed. Plain, so that it can be tested without a page.

use crate::model::{Speaker, SpeakerId, SpeakerKind};

/// What choosing a line does.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Take somebody of the cast.
    Take(SpeakerId),
    /// Take somebody with the typed name into the cast.
    Add,
    /// Take the answer back.
    Clear,
}

/// A line to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What choosing it does.
    pub deed: Deed,
    /// What it says.
    pub name: String,
    /// More about it, such as a role.
    pub told: String,
}

/// Who is offered: of `likely`, the likeliest first, those whose names hold what is typed; then a new one,
/// unless somebody is called just so; and nobody, where there is an answer to take back. `fold` makes
/// letters the same that differ in case.
pub fn offers(
    likely: &[Speaker],
    typed: &str,
    is_answered: bool,
    fold: impl Fn(&str) -> String,
) -> Vec<Offer> {
    let typed = typed.trim();
    let wanted = fold(typed);
    let fits = |it: &&Speaker| it.names().any(|name| fold(name).contains(&wanted));
    let begins = |it: &&Speaker| it.names().any(|name| fold(name).starts_with(&wanted));
    let fitting: Vec<&Speaker> = likely.iter().filter(fits).collect();
    // Who types letters mostly means the beginning of a name.
    let (first, then): (Vec<&Speaker>, Vec<&Speaker>) = fitting.into_iter().partition(begins);
    let offer = |it: &Speaker| Offer {
        deed: Deed::Take(it.id.clone()),
        name: it.name.clone(),
        told: it.role.clone(),
    };
    let mut offers: Vec<Offer> = first.into_iter().chain(then).map(offer).collect();
    let is_known = likely
        .iter()
        .any(|it| it.names().any(|name| fold(name) == wanted));
    if !typed.is_empty() && !is_known {
        offers.push(Offer {
            deed: Deed::Add,
            name: format!("Add “{typed}”"),
            told: String::new(),
        });
    }
    if typed.is_empty() && is_answered {
        offers.push(Offer {
            deed: Deed::Clear,
            name: "Nobody: take the answer back".to_owned(),
            told: String::new(),
        });
    }
    offers
}

/// What somebody is who is called so: what the text calls by no name begins with a small letter.
pub fn kind_of(name: &str) -> SpeakerKind {
    match name.starts_with(|it: char| it.is_ascii_lowercase()) {
        true => SpeakerKind::Unnamed,
        false => SpeakerKind::Person,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speaker(name: &str, alias: &str) -> Speaker {
        let id = SpeakerId::new(&name.to_lowercase().replace(' ', "-")).expect("valid");
        let mut made = Speaker::new(id, name);
        made.aliases = vec![alias.to_owned()];
        made
    }

    fn names(typed: &str, is_answered: bool) -> Vec<String> {
        let likely = [
            speaker("Joan Banks", "the mayor"),
            speaker("Ana Kel", "Dr Kel"),
            speaker("Bo Ram", "the chair"),
        ];
        let offers = offers(&likely, typed, is_answered, str::to_lowercase);
        offers.into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn the_likeliest_come_first_until_one_types() {
        assert_eq!(names("", false), ["Joan Banks", "Ana Kel", "Bo Ram"]);
        assert_eq!(
            names("", true).last().expect("four"),
            "Nobody: take the answer back"
        );
        assert_eq!(names("an", false), ["Ana Kel", "Joan Banks", "Add “an”"]);
        assert_eq!(
            names("BO ram ", true),
            ["Bo Ram"],
            "nobody new is called so"
        );
        assert_eq!(names("mayor", false), ["Joan Banks", "Add “mayor”"]);
        assert_eq!(names("Cy", true), ["Add “Cy”"], "Enter takes the first");
    }

    #[test]
    fn who_has_no_name_begins_small() {
        assert_eq!(kind_of("a person close to the talks"), SpeakerKind::Unnamed);
        assert_eq!(kind_of("Ana"), SpeakerKind::Person);
        assert_eq!(kind_of("البلدية"), SpeakerKind::Person);
    }
}
