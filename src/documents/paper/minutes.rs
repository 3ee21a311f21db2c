//! 会议纪要: a meeting of expert panels on paper, item by item.

use super::forms::{heading, said};
use crate::documents::word::{Block, Document, Section, Signature};
use crate::service::view::proceedings::ProceedingsView;
use crate::wording::meeting::minutes;

/// The title printed on it.
const TITLE: &str = "专家评审会会议纪要";

/// Composes the minutes; a draft until the meeting is over. Tells what the file is called, too.
pub fn compose(view: &ProceedingsView) -> (String, Document) {
    let meeting = &view.meeting.meeting;
    let minutes = minutes(view);
    let mut blocks = vec![Block::Title(vec![TITLE.to_owned()])];
    blocks.extend(minutes.head.into_iter().map(said));
    for (title, lines) in minutes.items {
        blocks.push(heading(&title));
        blocks.extend(lines.iter().flat_map(|line| line.lines()).map(said));
    }
    blocks.push(Block::Signatures(vec![Signature::of("主持人"), Signature::of("记录人")]));
    let title = format!("{TITLE}（专评{}）", meeting.code);
    let foot = format!("专评{} {TITLE}", meeting.code);
    let section = Section { blocks, is_draft: meeting.ended.is_none(), foot };
    (super::forms::file_name(&format!("专评{}_会议纪要", meeting.code)), Document { title, sections: vec![section] })
}
