//! Rows and caret as a person sees them.

use proptest::prelude::*;

use super::*;

const NARROW: Width = Width { ambiguous_wide: false };

fn wrapped(text: &str, cells: u16) -> Vec<String> {
    wrap(text, cells, NARROW).texts(text, 0, usize::MAX)
}

#[test]
fn chinese_breaks_at_the_edge_but_not_before_a_closing_mark() {
    assert_eq!(
        wrapped("方案补充了密码应用章节，但未列密评费用。", 22),
        ["方案补充了密码应用章", "节，但未列密评费用。"]
    );
    assert_eq!(wrapped("建设内容《智慧校园》", 10), ["建设内容", "《智慧校", "园》"]);
    assert_eq!(wrapped("建设内容包括《智慧校园》平台", 14), ["建设内容包括", "《智慧校园》平", "台"]);
    assert_eq!(wrapped("结论如下……同意立项", 9), ["结论如", "下……同意", "立项"]);
    assert_eq!(wrapped("结论——同意", 5), ["结论", "——同", "意"]);
}

#[test]
fn words_and_numbers_stay_whole_unless_longer_than_a_row() {
    assert_eq!(wrapped("通过ISO27001认证", 12), ["通过ISO27001", "认证"]);
    assert_eq!(wrapped("须通过ISO27001认证", 12), ["须通过", "ISO27001认证"]);
    assert_eq!(wrapped("见https://example.gov.cn/a", 10), ["见https://", "example.go", "v.cn/a"]);
    assert_eq!(wrapped("hello world", 5), ["hello", "world"]);
    assert_eq!(wrapped("hello world", 8), ["hello ", "world"]);
}

#[test]
fn empty_lines_and_indents_are_rows_like_others() {
    assert_eq!(wrapped("", 10), [""]);
    assert_eq!(wrapped("甲\n\n　　乙\n", 10), ["甲", "", "　　乙", ""]);
}

#[test]
fn ambiguous_characters_count_as_the_terminal_shows_them() {
    let rows = wrap("“十四五”规划", 10, Width { ambiguous_wide: true });
    assert_eq!(rows.texts("“十四五”规划", 0, 9), ["“十四五”", "规划"]);
    assert_eq!(wrapped("“十四五”规划", 10), ["“十四五”规", "划"]);
}

/// Text as it is written: closing marks after words, opening marks before them.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[项目建设方案预算]{1,9}",
        3 => "[项目]{1,3}[，。；：！？、）》”]",
        2 => "[（《“][项目]{1,4}[）》”]",
        2 => "[a-zA-Z0-9.-]{1,9}",
        1 => "……",
        1 => "[ \n]",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Checks what holds for every text: rows cover it, in order, within the limit.
fn check_rows(text: &str, cells: u16, width: Width) -> Result<Rows, TestCaseError> {
    let rows = wrap(text, cells, width);
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    for (row, shown) in rows.rows().iter().zip(rows.texts(text, 0, usize::MAX)) {
        prop_assert!(row.start == at || (row.start == at + 1 && matches!(chars[at], '\n' | ' ')));
        prop_assert_eq!(&shown, &chars[row.start..row.end].iter().collect::<String>());
        prop_assert!(row.width <= cells, "{shown:?} in {cells}");
        prop_assert_eq!(width.of_str(&shown), usize::from(row.width));
        prop_assert!(!shown.contains('\n'));
        at = row.end;
    }
    prop_assert_eq!(at, chars.len());
    prop_assert_eq!(rows.text_length(), chars.len());
    Ok(rows)
}

proptest! {
    #[test]
    fn rows_cover_any_text_and_never_exceed_their_cells(
        text in any::<String>(), cells in 4u16..40, wide in any::<bool>(),
    ) {
        let text = crate::domain::text::clean_text(&text);
        check_rows(&text, cells, Width { ambiguous_wide: wide })?;
    }

    #[test]
    fn marks_stand_where_they_may(text in prose(), cells in 24u16..60, wide in any::<bool>()) {
        let rows = check_rows(&text, cells, Width { ambiguous_wide: wide })?;
        let chars: Vec<char> = text.chars().collect();
        for row in rows.rows().iter().filter(|row| row.start < row.end) {
            let continues = row.start > 0 && chars[row.start - 1] != '\n';
            let (first, last) = (chars[row.start], chars[row.end - 1]);
            prop_assert!(!continues || !"，。；：！？、）》”…".contains(first), "{:?}", rows.texts(&text, 0, 99));
            let stops = row.end == chars.len() || chars[row.end] == '\n';
            prop_assert!(stops || !"（《“".contains(last), "{:?}", rows.texts(&text, 0, 99));
        }
    }

    #[test]
    fn a_caret_is_found_again_where_it_is_shown(text in prose(), cells in 4u16..40) {
        let rows = check_rows(&text, cells, NARROW)?;
        for offset in 0..=text.chars().count() {
            let (row, column) = rows.caret_cell(offset);
            prop_assert!(column <= cells);
            prop_assert_eq!(rows.offset_at(row, column), offset);
        }
        prop_assert_eq!(rows.offset_at(usize::MAX, u16::MAX), text.chars().count());
    }

    #[test]
    fn a_caret_walks_through_any_text_by_what_one_reads_as_characters(text in any::<String>(), cells in 4u16..40) {
        let text = crate::domain::text::clean_text(&text);
        let rows = wrap(&text, cells, NARROW);
        let mut at = 0;
        while at < rows.text_length() {
            let next = rows.next_stop(at);
            prop_assert!(next > at);
            prop_assert_eq!(rows.previous_stop(next), at);
            let (row, column) = rows.caret_cell(at);
            prop_assert_eq!(rows.caret_cell(rows.offset_at(row, column)), (row, column));
            at = next;
        }
    }
}
