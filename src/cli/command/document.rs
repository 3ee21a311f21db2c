//! `document`: the papers of a project as Word documents or as text.
//!
//! On a shared machine a path is one of the server, and writing it with the server's rights would put files where the
//! person may not. So there, as with `import`, a paper leaves through standard output alone.

use std::io::IsTerminal;
use std::path::Path;

use serde_json::{Value, json};

use super::{Answer, code};
use crate::cli::args::Document;
use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::documents::paper::{Paper, PaperKind, Seal, Wanted, paper};
use crate::domain::audit::{digest, hex};
use crate::domain::ids::ProjectCode;
use crate::service::Service;
use crate::service::error::Kind;
use crate::service::view::show::Show;
use crate::service::view::trail::PaperTrail;

/// Issues a paper.
pub fn run(place: &Place, args: &Document) -> Outcome<Answer> {
    let to_stdout = args.output.as_deref() == Some(Path::new("-"));
    check(args, to_stdout)?;
    let (mut service, session) = place.open()?;
    if let Some(path) = args.output.as_deref().filter(|_| !to_stdout) {
        leave_the_server(&mut service, path, &format!("document {} {}", args.code, args.kind))?;
    }
    let project = code(&args.code);
    let view = service.ask(&session, Show { project: project.clone() })?;
    let trail = service.ask(&session, PaperTrail { project: project.clone() })?;
    let wanted = Wanted {
        kind: args.kind,
        round: args.round,
        session: args.session,
        expert: args.expert.clone(),
        blank: args.blank,
    };
    let issued = paper(&view, &trail, &wanted)?;
    let bytes = issued.docx()?;
    if to_stdout {
        return Ok(Answer::Verbatim(bytes));
    }
    if let Some(path) = &args.output {
        place.write_file(path, &bytes, args.force)?;
    }
    let mut document = described(&project, &issued, &bytes);
    if let Value::Object(fields) = &mut document {
        fields.insert("file".to_owned(), json!(args.output.as_ref().map(|path| path.to_string_lossy())));
        if args.text {
            fields.insert("lines".to_owned(), json!(issued.lines(args.width)));
        }
    }
    let text = if args.text { issued.lines(args.width).join("\n") } else { said(args, &issued, &bytes) };
    Ok(Answer::Report(Report::new(document, text)))
}

/// Refuses to write a path of a shared server; tells the command that brings the paper to the person's own machine.
pub fn leave_the_server(service: &mut Service, path: &Path, command: &str) -> Outcome<()> {
    if service.has_files()? {
        return Ok(());
    }
    let message = format!("共享部署不向服务器写文件，未写入 {}", path.display());
    let hint = format!("请在本机执行：ssh 主机 {command} -o - > 文件.docx");
    Err(Failure::new(FailureKind::Service(Kind::Denied), message, hint))
}

/// Refuses to show a Word document on the screen.
pub fn to_a_terminal() -> Outcome<()> {
    match std::io::stdout().is_terminal() {
        true => Err(Failure::usage("标准输出是终端，不能显示 Word 文件", "请在后面加 > 文件.docx；预览用 --text")),
        false => Ok(()),
    }
}

/// Standard output holds one thing: a file, a text, or JSON.
fn check(args: &Document, to_stdout: bool) -> Outcome<()> {
    if args.kind != PaperKind::ExpertSheet && (args.expert.is_some() || args.blank) {
        let hint = format!("出具{}请去掉 --expert 和 --blank", args.kind.title());
        return Err(Failure::usage("--expert 和 --blank 只用于专家个人意见表", hint));
    }
    if args.kind == PaperKind::Opinion && args.session.is_some() {
        return Err(Failure::usage("技术审核意见书没有 --session", "请用 --round 指定轮次"));
    }
    match (&args.output, to_stdout) {
        (None, _) if !args.text && !args.json => {
            Err(Failure::usage("没有写明写到哪里", "请写 -o 文件.docx，或 -o - 写到标准输出，或 --text 预览"))
        }
        (_, true) if args.text || args.json => {
            Err(Failure::usage("-o - 占用标准输出，不能同时输出文字或 JSON", "请去掉 --text 和 --json，或写明文件名"))
        }
        (_, true) => to_a_terminal(),
        _ => Ok(()),
    }
}

fn described(project: &ProjectCode, issued: &Paper, bytes: &[u8]) -> Value {
    let only = match issued.seals.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    json!({
        "code": project.as_str(),
        "kind": issued.kind.code(),
        "kind_name": issued.kind.title(),
        "round": issued.round,
        "session": issued.session,
        "draft": issued.is_draft(),
        "check_code": only.map(|seal| &seal.check_code),
        "seals": issued.seals.iter().map(seal).collect::<Vec<_>>(),
        "suggested_name": issued.file_name,
        "size": bytes.len(),
        "digest": hex(&digest(bytes)),
        "digest_algorithm": "SM3",
    })
}

fn seal(seal: &Seal) -> Value {
    json!({
        "expert": seal.expert,
        "check_code": seal.check_code,
        "record_digest": seal.digest,
        "audit": seal.mark.as_ref().map(|mark| json!({ "seq": mark.seq, "hash": mark.hash })),
    })
}

fn said(args: &Document, issued: &Paper, bytes: &[u8]) -> String {
    let path = args.output.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let state = match (issued.is_draft(), issued.seals.is_empty()) {
        (true, _) => "（草稿，尚未定稿）",
        (false, true) => "（空白表）",
        (false, false) => "",
    };
    let mut lines = vec![format!("已写入 {path}：{}{state}，{} 字节", issued.kind.title(), bytes.len())];
    for seal in &issued.seals {
        let whose = seal.expert.as_ref().map(|expert| format!("{expert} ")).unwrap_or_default();
        lines.push(format!("  {whose}校验码 {}", seal.check_code));
    }
    lines.push(format!("文件摘要（SM3）：{}", hex(&digest(bytes))));
    lines.join("\n")
}
