//! Undoing: which acts only set a value, what the value was before, and which act comes next to be undone.
//!
//! An act whose whole effect is a value (a verdict with its remark, what was decided about a finding, whose the project
//! is) is undone by writing the earlier value as a new entry. Nothing is removed: the log grows by the entry of the
//! undo, which can itself be undone. A step in the life of a project is no value; it is recalled
//! ([`recall`](super::workflow::recall)) or followed by another step.

use std::collections::BTreeSet;

use super::audit::Detail;
use super::checklist::{Judgement, Verdict};
use super::findings::Pattern;
use super::ids::ItemId;
use super::permission::matrix::Verb;
use super::workflow::action::Action;

/// The codes under which the log records an undo, and an undo that is itself undone.
pub const UNDO: &str = "undo";
/// See [`UNDO`].
pub const REDO: &str = "redo";

/// Tells whether an act only sets a value. The one place where this is decided.
pub const fn is_reversible(verb: Verb) -> bool {
    match verb {
        Verb::Judge | Verb::DisposeFinding => true,
        Verb::Act(action) => action.is_of_holder(),
        // A declaration is a paper of the unit's: it is written anew. The rest makes or installs something.
        Verb::CreateProject
        | Verb::EditDeclaration
        | Verb::Import
        | Verb::ManageAccounts
        | Verb::ProposeAccounts
        | Verb::GrantAccounts
        | Verb::ManageUnits
        | Verb::ManageExperts
        | Verb::RunMeetings
        | Verb::RecordMeeting
        | Verb::InstallPolicy
        | Verb::AddRuling
        | Verb::ReadAudit
        | Verb::Backup => false,
    }
}

/// A value before an act and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap<T> {
    /// What it was.
    pub before: T,
    /// What it became.
    pub after: T,
}

/// What was decided about a finding: whether it was taken up, and why; nothing where it is open.
pub type Decided = Option<(bool, String)>;

/// What a reversible act changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Answers to items of the checklist; no answer where there was none.
    Answers(Vec<(ItemId, Swap<Option<Judgement>>)>),
    /// What was decided about a finding.
    Finding(Pattern, Swap<Decided>),
    /// Whose the project is, by account.
    Holder(Swap<Option<String>>),
}

/// Between the parts of a value; texts are cleaned of control characters, so that it is in none of them.
const BETWEEN: char = '\u{1f}';
const BEFORE: &str = "~before ";
const AFTER: &str = "~after ";
const FINDING: &str = "finding ";
const HOLDER: &str = "holder";

impl Change {
    /// Writes it into the detail of an entry.
    pub fn write(&self, detail: Detail) -> Detail {
        let pair = |detail: Detail, name: &str, before: String, after: String| {
            // Both are written, empty ones too, so that reading finds them in pairs.
            detail
                .with(&format!("{BEFORE}{name}"), format!("{BETWEEN}{before}"))
                .with(&format!("{AFTER}{name}"), format!("{BETWEEN}{after}"))
        };
        match self {
            Change::Answers(answers) => answers.iter().fold(detail, |detail, (item, swap)| {
                pair(detail, item.as_str(), answer(swap.before.as_ref()), answer(swap.after.as_ref()))
            }),
            Change::Finding(pattern, swap) => {
                let name = format!("{FINDING}{}", pattern.code());
                pair(detail, &name, decided(&swap.before), decided(&swap.after))
            }
            Change::Holder(swap) => {
                let code = |holder: &Option<String>| holder.clone().unwrap_or_default();
                pair(detail, HOLDER, code(&swap.before), code(&swap.after))
            }
        }
    }

    /// Reads it back from the detail of an entry; none where the entry tells of no value.
    pub fn read(detail: &Detail) -> Option<Change> {
        let mut answers = Vec::new();
        for (name, before) in detail.iter() {
            let Some(name) = name.strip_prefix(BEFORE) else { continue };
            let after = detail.get(&format!("{AFTER}{name}"))?.strip_prefix(BETWEEN)?;
            let before = before.strip_prefix(BETWEEN)?;
            if name == HOLDER {
                let code = |text: &str| (!text.is_empty()).then(|| text.to_owned());
                return Some(Change::Holder(Swap { before: code(before), after: code(after) }));
            }
            if let Some(pattern) = name.strip_prefix(FINDING) {
                let swap = Swap { before: read_decided(before)?, after: read_decided(after)? };
                return Some(Change::Finding(Pattern::parse(pattern)?, swap));
            }
            let item = ItemId::typed(name);
            let swap = Swap { before: read_answer(&item, before)?, after: read_answer(&item, after)? };
            answers.push((item, swap));
        }
        (!answers.is_empty()).then_some(Change::Answers(answers))
    }
}

fn answer(judgement: Option<&Judgement>) -> String {
    let Some(judgement) = judgement else { return String::new() };
    let Judgement { verdict, remark, suggestion, basis, cite, .. } = judgement;
    [verdict.map_or("-", Verdict::code), remark, suggestion, basis, cite].join(&BETWEEN.to_string())
}

fn read_answer(item: &ItemId, text: &str) -> Option<Option<Judgement>> {
    if text.is_empty() {
        return Some(None);
    }
    let parts: Vec<&str> = text.split(BETWEEN).collect();
    let [verdict, remark, suggestion, basis, cite] = parts.as_slice() else { return None };
    let verdict = match *verdict {
        "-" => None,
        code => Some(Verdict::parse(code)?),
    };
    let text = |part: &&str| (*part).to_owned();
    let (remark, suggestion, basis, cite) = (text(remark), text(suggestion), text(basis), text(cite));
    Some(Some(Judgement { item: item.clone(), verdict, remark, suggestion, basis, cite }))
}

fn decided(decided: &Decided) -> String {
    match decided {
        Some((accepted, reason)) => format!("{accepted}{BETWEEN}{reason}"),
        None => String::new(),
    }
}

fn read_decided(text: &str) -> Option<Decided> {
    if text.is_empty() {
        return Some(None);
    }
    let (accepted, reason) = text.split_once(BETWEEN)?;
    Some(Some((accepted.parse().ok()?, reason.to_owned())))
}

/// One of a person's own entries about a project, as far as undoing looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its number.
    pub seq: i64,
    /// What was done.
    pub action: String,
    /// The entry it undoes.
    pub undoes: Option<i64>,
    /// What it changed, where that was a value.
    pub change: Option<Change>,
}

impl Past {
    /// Tells whether the entry is of an act that only set a value.
    fn is_reversible(&self) -> bool {
        let own = Verb::all().any(|verb| verb.code() == self.action && is_reversible(verb));
        self.change.is_some() && (own || self.undoes.is_some())
    }
}

/// Finds what is undone next among a person's entries, the newest first; what lies behind a step cannot be reached any
/// more. With `redo`, the undo that is undone next: any new act forgets those before it.
pub fn next(entries: &[Past], redo: bool) -> Option<&Past> {
    let mut undone = BTreeSet::new();
    for entry in entries {
        if undone.contains(&entry.seq) {
            continue;
        }
        match (entry.undoes, entry.action.as_str()) {
            (Some(_), UNDO) if redo => return Some(entry),
            (Some(seq), _) => drop(undone.insert(seq)),
            (None, _) => return Some(entry).filter(|entry| !redo && entry.is_reversible()),
        }
    }
    None
}

/// Finds one entry, if it still stands: it was not undone.
pub fn standing(entries: &[Past], seq: i64) -> Option<&Past> {
    let mut undone = BTreeSet::new();
    for entry in entries {
        let stands = !undone.contains(&entry.seq);
        if entry.seq == seq {
            return Some(entry).filter(|entry| stands && entry.is_reversible());
        }
        if let Some(target) = entry.undoes.filter(|_| stands) {
            undone.insert(target);
        }
    }
    None
}

/// Tells whether an action of the workflow is answered by undoing rather than by recalling.
pub const fn is_value(action: Action) -> bool {
    is_reversible(Verb::Act(action))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judgement(item: &str, verdict: Option<Verdict>, remark: String) -> Judgement {
        let (suggestion, basis, cite) = (String::new(), "〔第七条〕".to_owned(), "p.31".to_owned());
        Judgement { item: ItemId::typed(item), verdict, remark, suggestion, basis, cite }
    }

    fn past(seq: i64, action: &str, undoes: Option<i64>) -> Past {
        let change = Change::Holder(Swap { before: None, after: Some("reviewer".to_owned()) });
        Past { seq, action: action.to_owned(), undoes, change: Some(change) }
    }

    #[test]
    fn what_is_undone_next_goes_back_step_by_step_and_forward_again() {
        let mut entries = vec![past(2, "judge", None), past(1, "judge", None)];
        assert_eq!(next(&entries, false).unwrap().seq, 2);
        assert_eq!(next(&entries, true), None);
        entries.insert(0, past(3, UNDO, Some(2)));
        assert_eq!(next(&entries, false).unwrap().seq, 1);
        assert_eq!(next(&entries, true).unwrap().seq, 3);
        entries.insert(0, past(4, UNDO, Some(1)));
        assert_eq!(next(&entries, false), None);
        entries.insert(0, past(5, REDO, Some(4)));
        assert_eq!(next(&entries, false).unwrap().seq, 1, "what was done again can be undone again");
        assert_eq!(next(&entries, true).unwrap().seq, 3);
        entries.insert(0, past(6, "judge", None));
        assert_eq!(next(&entries, true), None, "a new act forgets what was undone");
        assert_eq!(standing(&entries, 2), None);
        assert_eq!(standing(&entries, 1).unwrap().seq, 1);
    }

    #[test]
    fn behind_a_step_of_the_workflow_nothing_is_undone() {
        let step = Past { change: None, ..past(2, "draft-opinion", None) };
        assert_eq!(next(&[step, past(1, "judge", None)], false), None);
    }

    #[test]
    fn only_what_sets_a_value_is_reversible() {
        let reversible: Vec<&str> = Verb::all().filter(|verb| is_reversible(*verb)).map(Verb::code).collect();
        assert_eq!(reversible, ["claim", "release", "take-over", "assign", "judge", "dispose-finding"]);
    }

    proptest! {
        #[test]
        fn a_change_reads_back_from_the_log(
            remarks in proptest::collection::vec("[^\\p{C}]{0,12}", 1..5), given: bool, reason in "[^\\p{C}]{1,12}"
        ) {
            let answers = remarks.iter().enumerate().map(|(at, remark)| {
                let item = format!("K{at:02}");
                let verdict = (at % 2 == 0).then_some(Verdict::Fail);
                let after = judgement(&item, verdict, remark.clone());
                (ItemId::typed(&item), Swap { before: given.then(|| after.clone()), after: Some(after) })
            });
            let finding = Swap { before: None, after: Some((given, reason)) };
            for change in [Change::Answers(answers.collect()), Change::Finding(Pattern::ALL[0], finding)] {
                let detail = change.write(Detail::new().with("note", "x"));
                prop_assert_eq!(Change::read(&Detail::from_bytes(&detail.to_bytes())), Some(change));
            }
        }
    }
}
