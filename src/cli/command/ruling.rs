//! `ruling`: the register of interpretations 〔第十八条〕.

use serde_json::{Value, json};

use super::{audit_json, done};
use crate::cli::args::{NewRuling as Args, Ruling as Verb};
use crate::cli::failure::Outcome;
use crate::cli::output::{Report, laid_out};
use crate::cli::place::Place;
use crate::domain::findings::disposition::Sheet;
use crate::service::OperationId;
use crate::service::command::{Command, NewRuling};
use crate::service::view::rulings::{RulingView, Rulings};
use crate::wording;

/// Runs a command about the register.
pub fn run(place: &Place, verb: Verb) -> Outcome<Report> {
    match verb {
        Verb::List => list(place),
        Verb::Add(args) => add(place, args),
    }
}

fn list(place: &Place) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let register = service.ask(&session, Rulings)?;
    let document = json!({
        "questions": register.questions.iter().map(|asked| json!({
            "number": asked.question.number,
            "text": asked.question.text,
            "articles": asked.question.articles,
            "practice": asked.question.practice,
            "settings": asked.question.settings,
            "rulings": asked.rulings.iter().map(ruling).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "others": register.others.iter().map(ruling).collect::<Vec<_>>(),
    });
    Ok(Report::new(document, laid_out(&wording::rulings::register(&register))))
}

fn ruling(view: &RulingView) -> Value {
    let ruling = &view.ruling;
    json!({
        "number": ruling.number,
        "question": ruling.question,
        "text": ruling.text,
        "answer": ruling.answer,
        "articles": ruling.articles,
        "doc_no": ruling.doc_no,
        "doc_date": ruling.doc_date.to_string(),
        "signer": ruling.signer,
        "effective_from": ruling.effective_from.to_string(),
        "in_force": view.in_force,
        "settings": ruling.settings.iter().map(|(name, value)| (name.clone(), json!(value)))
            .collect::<serde_json::Map<_, _>>(),
        "policy": ruling.policy,
        "not_in": view.without,
        "by": { "name": ruling.by.name, "at": ruling.by.at.to_rfc3339() },
    })
}

fn add(place: &Place, args: Args) -> Outcome<Report> {
    let command = Command::AddRuling(NewRuling {
        question: args.question,
        text: args.text.unwrap_or_default(),
        answer: args.answer,
        articles: args.article,
        doc_no: args.doc_no,
        doc_date: args.doc_date,
        signer: args.signer,
        effective_from: args.from,
        settings: args.set,
    });
    if args.dry_run {
        let (what, audit, found) = super::execute(place, command, true)?;
        return Ok(done(&what, audit.as_ref(), &found));
    }
    let (mut service, session) = place.open()?;
    let receipt = service.execute(&session, OperationId::new(), command)?;
    let register = service.ask(&session, Rulings)?;
    let Some(view) = register.rulings().max_by_key(|view| view.ruling.number) else {
        return Ok(done(&receipt.done, Some(&receipt.audit), &Sheet::default()));
    };
    let mut document = ruling(view);
    if let Value::Object(fields) = &mut document {
        fields.insert("audit".to_owned(), audit_json(Some(&receipt.audit)));
    }
    let said = format!("已登记。日志第 {} 条。\n{}", receipt.audit.seq, laid_out(&wording::rulings::ruling(view)));
    Ok(Report::new(document, said))
}
