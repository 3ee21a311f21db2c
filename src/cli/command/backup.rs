//! `backup`: a checked copy while others work.

use serde_json::json;

use crate::cli::args::Backup;
use crate::cli::failure::Outcome;
use crate::cli::file::Way;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::audit::hex;

/// Makes it.
pub fn run(place: &Place, args: &Backup) -> Outcome<Report> {
    place.may_name(&args.file, Way::Out)?;
    let (mut service, session) = place.open()?;
    let report = service.backup(&session, &args.file)?;
    let document = json!({
        "file": args.file.to_string_lossy(),
        "size": report.size,
        "entries": report.entries,
        "head": hex(&report.head),
    });
    let text = format!(
        "已备份到 {}（{} 字节），校验通过：日志 {} 条，链尾 {}",
        args.file.display(),
        report.size,
        report.entries,
        hex(&report.head),
    );
    Ok(Report::new(document, text))
}
