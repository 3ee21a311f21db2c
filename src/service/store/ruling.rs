//! The register of interpretations: what was ruled stays.

use rusqlite::{Row, params};

use super::error::StoreResult;
use super::record::hand;
use super::{Reader, Writer, codes};
use crate::domain::audit::Detail;
use crate::domain::ids::AccountId;
use crate::domain::ruling::Ruling;

fn read_ruling(row: &Row<'_>) -> StoreResult<Ruling> {
    let articles: String = codes::get(row, "articles")?;
    let settings = Detail::from_bytes(&codes::get::<Vec<u8>>(row, "settings")?);
    Ok(Ruling {
        number: codes::count(row, "number")?,
        question: codes::maybe_count(row, "question")?,
        text: codes::get(row, "text")?,
        answer: codes::get(row, "answer")?,
        articles: articles.split_whitespace().filter_map(|number| number.parse().ok()).collect(),
        doc_no: codes::get(row, "doc_no")?,
        doc_date: codes::date(row, "doc_date")?,
        signer: codes::get(row, "signer")?,
        effective_from: codes::date(row, "effective_from")?,
        settings: settings.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        policy: codes::get(row, "policy_id")?,
        by: hand(row, "account_id", "by_name", "at")?,
    })
}

impl Reader<'_> {
    /// Lists every ruling, the first one first.
    pub fn rulings(self) -> StoreResult<Vec<Ruling>> {
        codes::rows(
            &mut self.prepare(
                "SELECT r.*, a.name AS by_name FROM ruling r JOIN account a ON a.id = r.account_id ORDER BY r.number",
            )?,
            [],
            read_ruling,
        )
    }
}

impl Writer<'_> {
    /// Adds a ruling; its number must be the next.
    pub fn add_ruling(&self, ruling: &Ruling, by: AccountId) -> StoreResult<()> {
        let articles: Vec<String> = ruling.articles.iter().map(u8::to_string).collect();
        let settings =
            ruling.settings.iter().fold(Detail::new(), |detail, (name, value)| detail.with(name, value.clone()));
        self.prepare(
            "INSERT INTO ruling (number, question, text, answer, articles, doc_no, doc_date, signer, effective_from,
             settings, policy_id, account_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            ruling.number,
            ruling.question,
            ruling.text,
            ruling.answer,
            articles.join(" "),
            ruling.doc_no,
            ruling.doc_date.to_string(),
            ruling.signer,
            ruling.effective_from.to_string(),
            settings.to_bytes(),
            ruling.policy,
            by.0,
            ruling.by.at.timestamp_millis()
        ])?;
        Ok(())
    }
}
