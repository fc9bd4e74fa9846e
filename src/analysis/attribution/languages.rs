//! The verbs that give words to somebody, and the words that stand for whoever speaks, by language. Words
//! that are something else more often than not are left out: a wrong verb costs more trust than none.

use crate::model::DocumentMeta;

/// What of a language has to be known.
pub(super) struct Language {
    /// Its code.
    code: &'static str,
    /// The verbs, as they stand beside somebody's words.
    pub verbs: &'static str,
    /// Words in the place of a name.
    pub pronouns: &'static str,
    /// What stands before a noun that speaks: “the company”.
    pub articles: &'static str,
}

/// The first is taken where an article does not say its language, or one that is not here.
const LANGUAGES: [Language; 4] = [
    Language {
        code: "en",
        verbs: "said says told tells asked asks added adds admitted admits acknowledged acknowledges advised advises \
            announced announces answered answers argued argues boasted boasts called calls claimed claims complained complains \
            conceded concedes concluded concludes confirmed confirms declared declares denied denies described describes \
            explained explains insisted insists joked jokes noted notes promised promises put recalled recalls remarked remarks \
            repeated repeats replied replies reported reports responded responds revealed reveals stated states stressed stresses \
            suggested suggests testified testifies vowed vows warned warns whispered whispers wrote writes",
        pronouns: "he she they I we it who one",
        articles: "the The",
    },
    Language {
        code: "de",
        verbs: "sagte sagten sagt sagen erklärte erklärten erklärt betonte betonten betont meinte meinten meint behauptete \
            behaupteten behauptet berichtete berichteten berichtet warnte warnten warnt forderte forderten fordert fragte \
            fragten fragt antwortete antworteten antwortet entgegnete erwiderte gestand gesteht schrieb schrieben schreibt \
            versicherte versicherten versichert bestätigte bestätigten bestätigt dementierte dementierten dementiert ergänzte \
            ergänzten ergänzt mahnte mahnten mahnt klagte beklagte versprach verspricht kritisierte kritisierten kritisiert",
        pronouns: "er sie es wir ich man wer",
        articles: "der die das Der Die Das",
    },
    Language {
        code: "fr",
        verbs: "dit disent disait affirme affirment affirmait affirmé déclare déclarent déclarait déclaré explique expliquent \
            expliquait expliqué souligne soulignent soulignait souligné assure assurent assurait assuré ajoute ajoutent ajoutait \
            ajouté répond répondent répondait répondu reconnaît reconnaissent reconnu précise précisait précisé estime estiment \
            estimait estimé raconte racontent racontait raconté confie confiait confié prévient prévenu insiste insistent insistait \
            insisté rappelle rappellent rappelait rappelé avoue avouait avoué lance lançait martèle",
        pronouns: "il elle ils elles on je nous qui",
        articles: "le la les Le La Les",
    },
    Language {
        code: "es",
        verbs: "dijo dijeron dice dicen decía afirmó afirmaron afirma afirman aseguró aseguraron asegura aseguran explicó \
            explicaron explica explican señaló señalaron señala señalan añadió añadieron añade añaden declaró declararon declara \
            admitió admitieron admite reconoció reconocieron reconoce advirtió advirtieron advierte insistió insistieron insiste \
            respondió respondieron responde preguntó preguntaron recordó recordaron recuerda subrayó subrayaron subraya destacó \
            destacaron indicó indicaron negó negaron niega confirmó confirmaron prometió prometieron promete escribió escribieron \
            escribe comentó comentaron lamentó lamentaron",
        pronouns: "él ella ellos ellas yo nosotros quien",
        articles: "el la los las El La Los Las",
    },
];

impl Language {
    /// That of an article.
    pub fn of(meta: &DocumentMeta) -> &'static Self {
        let code = meta.language_code().unwrap_or_default();
        let language = code.split('-').next().unwrap_or_default();
        let is_it = |it: &&Language| language.eq_ignore_ascii_case(it.code);
        LANGUAGES.iter().find(is_it).unwrap_or(&LANGUAGES[0])
    }
}

/// Whether a word is one of these.
pub(super) fn has(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|it| it == word)
}
