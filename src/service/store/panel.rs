//! Panels, read whole: few projects have one, and a panel has few rows.

use rusqlite::Row;

use super::Reader;
use super::codes;
use super::error::{StoreError, StoreResult};
use super::opinion::maybe_hand;
use super::panel_write::PanelKey;
use super::record::hand;
use crate::domain::audit::Detail;
use crate::domain::checklist::Dimension;
use crate::domain::ids::{ExpertId, ProjectId};
use crate::domain::panel::absence::Absence;
use crate::domain::panel::attendance::{Attendance, Presence};
use crate::domain::panel::recusal::{Declared, Ground, Recusal, Why};
use crate::domain::panel::tally::Tally;
use crate::domain::panel::{
    Closing, Conclusion, Correction, Draw, ExpertOpinion, Fix, Formation, Panel, Request, Seat, Selection,
};
use crate::domain::workflow::record::{Hand, PanelResult};

/// A panel's place: round and session.
type Place = (u32, u32);

fn place(row: &Row<'_>) -> StoreResult<Place> {
    Ok((codes::count(row, "round")?, codes::count(row, "session")?))
}

fn by(row: &Row<'_>) -> StoreResult<Hand> {
    hand(row, "account_id", "by_name", "at")
}

fn lines(row: &Row<'_>, column: &str) -> StoreResult<Vec<String>> {
    Ok(codes::get::<String>(row, column)?.lines().map(str::to_owned).collect())
}

fn expert(row: &Row<'_>) -> StoreResult<ExpertId> {
    Ok(ExpertId(codes::get(row, "expert_id")?))
}

fn numbers(row: &Row<'_>, column: &str) -> StoreResult<Vec<ExpertId>> {
    let text: String = codes::get(row, column)?;
    let number = |word: &str| word.parse().map(ExpertId).map_err(|_| codes::unreadable(column, word));
    text.split_whitespace().map(number).collect()
}

fn pieces(row: &Row<'_>, column: &str) -> StoreResult<Vec<(String, String)>> {
    let detail = Detail::from_bytes(&codes::get::<Vec<u8>>(row, column)?);
    Ok(detail.iter().map(|(name, content)| (name.to_owned(), content.to_owned())).collect())
}

fn named_expert(column: &str, text: &str) -> StoreResult<ExpertId> {
    ExpertId::typed(text).ok_or_else(|| codes::unreadable(column, text))
}

impl Reader<'_> {
    /// Reads every panel of a project, the last one last.
    pub fn panels(self, project: ProjectId) -> StoreResult<Vec<Panel>> {
        let mut panels = self.bare_panels(project)?;
        if panels.is_empty() {
            return Ok(panels);
        }
        let recusals = self.recusals(project)?;
        let draws = self.draws(project)?;
        let formations = self.formations(project)?;
        let attendance = self.attendance(project)?;
        let opinions = self.expert_opinions(project)?;
        let conclusions = self.conclusions(project)?;
        let fixes = self.fixes(project)?;
        let corrections = self.corrections(project)?;
        for panel in &mut panels {
            let here = (panel.round, panel.session);
            panel.recusals = of(&recusals, here);
            panel.draws = of(&draws, here);
            panel.formations = of(&formations, here);
            panel.attendance = of(&attendance, here);
            panel.opinions = of(&opinions, here);
            panel.conclusion = of(&conclusions, here).pop();
            panel.fixes = of(&fixes, here);
            panel.corrections = of(&corrections, here);
        }
        Ok(panels)
    }

    /// Tells what a panel concluded, where it did.
    pub fn panel_conclusion(self, (project, round, session): PanelKey) -> StoreResult<Option<PanelResult>> {
        codes::first(
            &mut self
                .prepare("SELECT result FROM panel_conclusion WHERE project_id = ?1 AND round = ?2 AND session = ?3")?,
            rusqlite::params![project.0, round, session],
            |row| codes::code(row, "result", PanelResult::parse),
        )
    }

    fn bare_panels(self, project: ProjectId) -> StoreResult<Vec<Panel>> {
        codes::rows(
            &mut self.prepare(
                "SELECT s.*, r.name AS requester, c.name AS confirmer, x.name AS closer FROM panel s
                 JOIN account r ON r.id = s.requested_by LEFT JOIN account c ON c.id = s.confirmed_by
                 LEFT JOIN account x ON x.id = s.closed_by
                 WHERE s.project_id = ?1 ORDER BY s.round, s.session",
            )?,
            [project.0],
            |row| {
                let (round, session) = place(row)?;
                let closer = maybe_hand(row, "closed_by", "closer", "closed_at")?;
                let closed = match (closer, codes::maybe_date(row, "met_on")?) {
                    (Some(by), Some(met_on)) => Some(Closing { met_on, place: codes::get(row, "place")?, by }),
                    _ => None,
                };
                Ok(Panel {
                    round,
                    session,
                    request: Request {
                        reason: codes::get(row, "reason")?,
                        vendors: lines(row, "vendors")?,
                        authors: lines(row, "authors")?,
                        complaint: codes::get(row, "complaint")?,
                        by: hand(row, "requested_by", "requester", "requested_at")?,
                    },
                    recusals: Vec::new(),
                    draws: Vec::new(),
                    formations: Vec::new(),
                    confirmed: maybe_hand(row, "confirmed_by", "confirmer", "confirmed_at")?,
                    attendance: Vec::new(),
                    opinions: Vec::new(),
                    closed,
                    conclusion: None,
                    fixes: Vec::new(),
                    corrections: Vec::new(),
                })
            },
        )
    }

    fn recusals(self, project: ProjectId) -> StoreResult<Vec<(Place, Recusal)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT r.*, e.name AS expert_name, a.name AS by_name FROM panel_recusal r
                 JOIN expert e ON e.id = r.expert_id JOIN account a ON a.id = r.account_id
                 WHERE r.project_id = ?1 ORDER BY r.number",
            )?,
            [project.0],
            |row| {
                let recusal = Recusal {
                    expert: expert(row)?,
                    name: codes::get(row, "expert_name")?,
                    ground: codes::code(row, "ground", Ground::parse)?,
                    text: codes::get(row, "said")?,
                    by: by(row)?,
                };
                Ok((place(row)?, recusal))
            },
        )
    }

    fn draws(self, project: ProjectId) -> StoreResult<Vec<(Place, Draw)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT d.*, a.name AS by_name FROM panel_draw d JOIN account a ON a.id = d.account_id
                 WHERE d.project_id = ?1 ORDER BY d.round, d.session, d.number",
            )?,
            [project.0],
            |row| {
                let member = |(id, name): (String, String)| Ok((named_expert("members", &id)?, name));
                let members = pieces(row, "members")?.into_iter().map(member).collect::<StoreResult<_>>()?;
                let recused = |(id, said): (String, String)| {
                    let (why, rest) = said.split_once(' ').unwrap_or((&said, ""));
                    let (name, reason) = rest.split_once('\n').unwrap_or((rest, ""));
                    let why = match Why::parse(why).ok_or_else(|| codes::unreadable("recused", &said))? {
                        Why::Away(absence) => Why::Away(Absence { reason: reason.to_owned(), ..absence }),
                        why => why,
                    };
                    Ok::<_, StoreError>((named_expert("recused", &id)?, name.to_owned(), why))
                };
                let recused = pieces(row, "recused")?.into_iter().map(recused).collect::<StoreResult<_>>()?;
                let draw = Draw {
                    number: codes::count(row, "number")?,
                    seed: codes::get(row, "seed")?,
                    size: codes::count(row, "size")?,
                    candidates_digest: codes::get(row, "candidates_digest")?,
                    candidates: numbers(row, "candidates")?,
                    members,
                    recused,
                    meets_on: codes::maybe_date(row, "meets_on")?,
                    reason: codes::get(row, "reason")?,
                    by: by(row)?,
                };
                Ok((place(row)?, draw))
            },
        )
    }

    fn formations(self, project: ProjectId) -> StoreResult<Vec<(Place, Formation)>> {
        let seats = self.seats(project)?;
        codes::rows(
            &mut self.prepare(
                "SELECT f.*, a.name AS by_name FROM panel_formation f JOIN account a ON a.id = f.account_id
                 WHERE f.project_id = ?1 ORDER BY f.round, f.session, f.number",
            )?,
            [project.0],
            |row| {
                let (here, number) = (place(row)?, codes::count(row, "number")?);
                let out: Option<i64> = codes::get(row, "replaced")?;
                let comes: Option<i64> = codes::get(row, "replacement")?;
                let on_it = |(of, list, _): &&(Place, u32, Seat)| *of == here && *list == number;
                let formation = Formation {
                    number,
                    selection: codes::code(row, "selection", Selection::parse)?,
                    draw_seed: codes::get(row, "draw_seed")?,
                    reason: codes::get(row, "reason")?,
                    replaced: out.map(ExpertId).zip(comes.map(ExpertId)),
                    seats: seats.iter().filter(on_it).map(|(_, _, seat)| seat.clone()).collect(),
                    by: by(row)?,
                };
                Ok((here, formation))
            },
        )
    }

    fn seats(self, project: ProjectId) -> StoreResult<Vec<(Place, u32, Seat)>> {
        codes::rows(
            &mut self
                .prepare("SELECT * FROM panel_member WHERE project_id = ?1 ORDER BY round, session, formation, seat")?,
            [project.0],
            |row| {
                let seat = Seat {
                    expert: expert(row)?,
                    name: codes::get(row, "name")?,
                    employer: codes::get(row, "employer")?,
                    title: codes::get(row, "title")?,
                    disciplines: lines(row, "disciplines")?.into_iter().collect(),
                    local: codes::get(row, "local")?,
                    chair: codes::get(row, "chair")?,
                    declaration: codes::code(row, "declaration", Declared::parse)?,
                };
                Ok((place(row)?, codes::count(row, "formation")?, seat))
            },
        )
    }

    fn attendance(self, project: ProjectId) -> StoreResult<Vec<(Place, Attendance)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT t.*, a.name AS by_name FROM panel_attendance t JOIN account a ON a.id = t.account_id
                 WHERE t.project_id = ?1 ORDER BY t.round, t.session, t.number",
            )?,
            [project.0],
            |row| {
                let entry = Attendance {
                    expert: expert(row)?,
                    presence: codes::code(row, "presence", Presence::parse)?,
                    reason: codes::get(row, "reason")?,
                    by: by(row)?,
                };
                Ok((place(row)?, entry))
            },
        )
    }

    fn expert_opinions(self, project: ProjectId) -> StoreResult<Vec<(Place, ExpertOpinion)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT o.*, a.name AS by_name FROM expert_opinion o JOIN account a ON a.id = o.account_id
                 WHERE o.project_id = ?1 ORDER BY o.round, o.session, o.at, o.expert_id, o.version",
            )?,
            [project.0],
            |row| {
                let dimension = |(code, text): (String, String)| {
                    let dimension = Dimension::parse(&code).ok_or_else(|| codes::unreadable("dimensions", &code))?;
                    Ok::<_, StoreError>((dimension, text))
                };
                let opinion = ExpertOpinion {
                    expert: expert(row)?,
                    version: codes::count(row, "version")?,
                    conclusion: codes::code(row, "conclusion", PanelResult::parse)?,
                    text: codes::get(row, "said")?,
                    dissent: codes::get(row, "dissent")?,
                    signed: codes::get(row, "signed")?,
                    dimensions: pieces(row, "dimensions")?.into_iter().map(dimension).collect::<StoreResult<_>>()?,
                    score: codes::maybe_count(row, "score")?,
                    reason: codes::get(row, "reason")?,
                    digest: codes::get(row, "digest")?,
                    by: by(row)?,
                };
                Ok((place(row)?, opinion))
            },
        )
    }

    fn conclusions(self, project: ProjectId) -> StoreResult<Vec<(Place, Conclusion)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT c.*, a.name AS by_name FROM panel_conclusion c JOIN account a ON a.id = c.account_id
                 WHERE c.project_id = ?1 ORDER BY c.round, c.session",
            )?,
            [project.0],
            |row| {
                let votes = |column: &str| codes::count(row, column).map(|votes| votes as usize);
                let tally = Tally {
                    pass: votes("pass")?,
                    conditional: votes("conditional")?,
                    supplement: votes("supplement")?,
                    fail: votes("fail")?,
                };
                let conclusion = Conclusion {
                    result: codes::code(row, "result", PanelResult::parse)?,
                    text: codes::get(row, "said")?,
                    tally,
                    by_tally: codes::code(row, "by_tally", PanelResult::parse)?,
                    chair_explanation: codes::get(row, "explanation")?,
                    signed_by: numbers(row, "signed_by")?,
                    by: by(row)?,
                };
                Ok((place(row)?, conclusion))
            },
        )
    }

    fn fixes(self, project: ProjectId) -> StoreResult<Vec<(Place, Fix)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT f.*, a.name AS closer FROM fix f LEFT JOIN account a ON a.id = f.closed_by
                 WHERE f.project_id = ?1 ORDER BY f.round, f.session, f.number",
            )?,
            [project.0],
            |row| {
                let page: Option<String> = codes::get(row, "page_ref")?;
                let fix = Fix {
                    number: codes::count(row, "number")?,
                    text: codes::get(row, "said")?,
                    responsible: codes::get(row, "responsible")?,
                    due: codes::date(row, "due")?,
                    closed: page.zip(maybe_hand(row, "closed_by", "closer", "closed_at")?),
                };
                Ok((place(row)?, fix))
            },
        )
    }

    fn corrections(self, project: ProjectId) -> StoreResult<Vec<(Place, Correction)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT c.*, a.name AS by_name FROM panel_correction c JOIN account a ON a.id = c.account_id
                 WHERE c.project_id = ?1 ORDER BY c.round, c.session, c.number",
            )?,
            [project.0],
            |row| {
                let correction =
                    Correction { text: codes::get(row, "said")?, reason: codes::get(row, "reason")?, by: by(row)? };
                Ok((place(row)?, correction))
            },
        )
    }
}

fn of<T: Clone>(all: &[(Place, T)], here: Place) -> Vec<T> {
    all.iter().filter(|(place, _)| *place == here).map(|(_, one)| one.clone()).collect()
}
