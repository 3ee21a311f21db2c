//! Drawing members by lot. The lots are ordered by SM3 of the seed, the project's number and each candidate's, so that
//! anybody with the seed and the list draws the same members again, on any machine, and one seed does not favour the
//! same experts in every project.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::composition::external_needed;
use super::expert::Expert;
use super::lack::PanelLack;
use super::recusal::{Why, reasons};
use super::{Draw, Panel};
use crate::domain::audit::{Hash, digest, hex};
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::policy::PanelRules;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::record::Hand;

/// Who may be drawn, and who may not and why; experts out of use are neither.
#[derive(Debug, Clone, Default)]
pub struct Urn<'e> {
    /// Whose lots are in it.
    pub candidates: Vec<&'e Expert>,
    /// Who is kept out.
    pub recused: Vec<(&'e Expert, Why)>,
}

impl<'e> Urn<'e> {
    /// Fills the urn for a panel from the pool. `meets` is the day on which a member would have to come.
    pub fn fill(
        panel: &Panel,
        dossier: &'e Dossier,
        (today, meets): (NaiveDate, NaiveDate),
        rules: &PanelRules,
    ) -> Urn<'e> {
        let mut urn = Urn::default();
        for expert in dossier.pool.iter().filter(|expert| expert.active) {
            let away = expert.away_on(meets).map(|absence| Why::Away(absence.clone()));
            match reasons(expert, panel, dossier, today, rules).into_iter().next().or(away) {
                Some(why) => urn.recused.push((expert, why)),
                None => urn.candidates.push(expert),
            }
        }
        urn.candidates.sort_by_key(|expert| expert.id);
        urn.recused.sort_by_key(|(expert, _)| expert.id);
        urn
    }

    /// Digests the list of candidates: who they are and what is known of them.
    pub fn digest(&self) -> Hash {
        let mut bytes = Vec::new();
        for candidate in &self.candidates {
            let line = candidate.line();
            bytes.extend_from_slice(&(line.len() as u64).to_be_bytes());
            bytes.extend_from_slice(&line);
        }
        digest(&bytes)
    }

    /// Draws so many: first one of each discipline, the rarest first, then whoever comes next, never more locals than
    /// may sit. `None` where no such panel is in the urn.
    pub fn draw(&self, seed: &str, terms: &Terms<'_>) -> Option<Vec<&'e Expert>> {
        let mut lots: Vec<(Hash, &'e Expert)> =
            self.candidates.iter().map(|expert| (lot(seed, terms.project, expert.id), *expert)).collect();
        lots.sort_by_key(|(lot, expert)| (*lot, expert.id));
        let lots: Vec<&'e Expert> = lots.into_iter().map(|(_, expert)| expert).collect();
        let of = |code: &str| lots.iter().filter(|expert| expert.disciplines.contains(code)).count();
        let mut wanted: Vec<&str> = terms.disciplines.iter().map(String::as_str).collect();
        wanted.sort_by_key(|code| (of(code), *code));
        let mut steps = MOST_STEPS;
        let mut drawn = Vec::new();
        cover(&lots, &wanted, terms, &mut drawn, &mut steps).then_some(drawn)
    }
}

/// What a drawn panel must be.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// For which project.
    pub project: &'a ProjectCode,
    /// How many members.
    pub size: usize,
    /// How many of them may be local.
    pub locals: usize,
    /// What they must be experts of between them.
    pub disciplines: &'a BTreeSet<String>,
}

/// A search that takes longer than this has no panel to find but in pools made to defeat it.
const MOST_STEPS: u32 = 200_000;

fn lot(seed: &str, project: &ProjectCode, expert: ExpertId) -> Hash {
    digest(format!("{seed}\n{project}\n{expert}").as_bytes())
}

/// Tries the lots in their order for the first discipline nobody covers yet, then goes on with the rest; takes a lot
/// back where the rest cannot be covered.
fn cover<'e>(
    lots: &[&'e Expert],
    wanted: &[&str],
    terms: &Terms<'_>,
    drawn: &mut Vec<&'e Expert>,
    steps: &mut u32,
) -> bool {
    let covered = |code: &&&str| drawn.iter().any(|expert| expert.disciplines.contains(**code));
    let open = wanted.iter().find(|code| !covered(code)).copied();
    if drawn.len() == terms.size {
        return open.is_none();
    }
    let locals = drawn.iter().filter(|expert| expert.local).count();
    let fits = |expert: &&&Expert| {
        !drawn.iter().any(|other| other.id == expert.id) && (!expert.local || locals < terms.locals)
    };
    let serves = |expert: &&&Expert| open.is_none_or(|code| expert.disciplines.contains(code));
    let next: Vec<&'e Expert> = lots.iter().filter(fits).filter(serves).copied().collect();
    for expert in next {
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        drawn.push(expert);
        if cover(lots, wanted, terms, drawn, steps) {
            return true;
        }
        drawn.pop();
        // Where any lot would do and this one did not lead on, there are too few lots left.
        if open.is_none() {
            return false;
        }
    }
    false
}

/// What is asked for when members are drawn.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What the lots are shuffled with.
    pub seed: &'a str,
    /// How many members.
    pub size: u32,
    /// Why it is drawn again.
    pub reason: &'a str,
    /// The day of the meeting, where it is known.
    pub meets_on: Option<NaiveDate>,
}

/// Draws for a panel and writes down everything that is needed to repeat it.
pub fn draw(
    asked: &Asked<'_>,
    panel: &Panel,
    dossier: &Dossier,
    by: Hand,
    rules: &PanelRules,
) -> Result<Draw, PanelLack> {
    let Asked { seed, size, reason, meets_on } = *asked;
    let today = by.at.date_naive();
    // Until a day for the meeting is set, whoever cannot be reached today is not drawn.
    let urn = Urn::fill(panel, dossier, (today, meets_on.unwrap_or(today)), rules);
    let members = size as usize;
    let nothing = BTreeSet::new();
    let disciplines = if members >= rules.disciplines.len() { &rules.disciplines } else { &nothing };
    let locals = members - external_needed(members, &dossier.project, rules).min(members);
    let terms = Terms { project: &dossier.project.code, size: members, locals, disciplines };
    let Some(drawn) = urn.draw(seed, &terms) else {
        let none = |code: &&String| !urn.candidates.iter().any(|expert| expert.disciplines.contains(*code));
        let missing = disciplines.iter().filter(none).cloned().collect();
        return Err(PanelLack::DrawImpossible { candidates: urn.candidates.len(), size, disciplines: missing });
    };
    Ok(Draw {
        number: panel.draws.len() as u32 + 1,
        seed: seed.to_owned(),
        size,
        candidates_digest: hex(&urn.digest()),
        candidates: urn.candidates.iter().map(|expert| expert.id).collect(),
        members: drawn.into_iter().map(|expert| (expert.id, expert.name.clone())).collect(),
        recused: urn.recused.into_iter().map(|(expert, why)| (expert.id, expert.name.clone(), why)).collect(),
        reason: reason.to_owned(),
        meets_on,
        by,
    })
}
