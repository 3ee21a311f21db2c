//! Marks stay on their projects and come to no other.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn target(number: usize, version: i64) -> Target {
    let code = ProjectCode::compose(2027, i64::try_from(number).unwrap());
    Target { code, name: format!("项目{number}"), stage: Stage::TechnicalReview, version, waiting: Vec::new() }
}

#[test]
fn there_is_room_for_so_many_and_the_rest_is_told() {
    let mut marks = Marks::default();
    assert_eq!(marks.add((0..MOST + 7).map(|number| target(number, 1))), 7);
    assert_eq!((marks.len(), marks.turn(target(MOST + 1, 1))), (MOST, false));
    assert!(marks.turn(target(3, 1)), "a mark is taken away however full it is");
    assert_eq!((marks.add([target(0, 9)]), marks.len()), (0, MOST - 1));
    assert_eq!(marks.targets().next().unwrap().version, 9);
}

#[test]
fn a_stretch_goes_either_way_and_not_over_what_is_not_loaded() {
    let at = |place: usize| (place < 10).then(|| target(place, 1));
    let place_of = |code: &ProjectCode| (0..10).find(|place| target(*place, 1).code == *code);
    let mut marks = Marks::default();
    assert_eq!(marks.stretch(6, place_of, at), Stretch::Begun(target(6, 1).code));
    assert_eq!(marks.stretch(3, place_of, at), Stretch::Marked(4, 0));
    assert_eq!(marks.len(), 4);
    assert_eq!(marks.stretch(40, place_of, at), Stretch::Unknown);
    marks.stretch(2, place_of, at);
    assert_eq!(marks.stretch(40, place_of, at), Stretch::Unknown);
    marks.stretch(2, place_of, at);
    assert_eq!(marks.stretch(3, |_| None, at), Stretch::Unknown, "its beginning is gone from the list");
    assert_eq!(marks.len(), 4);
}

#[derive(Debug, Clone)]
enum Happening {
    Turn(usize),
    Loaded(Vec<usize>, i64),
    OthersChanged(usize, i64),
    Add(Vec<usize>),
}

fn happening() -> impl Strategy<Value = Happening> {
    let page = || proptest::collection::vec(0usize..20, 0..20);
    prop_oneof![
        (0usize..20).prop_map(Happening::Turn),
        (page(), 1i64..9).prop_map(|(page, version)| Happening::Loaded(page, version)),
        (0usize..20, 1i64..9).prop_map(|(number, version)| Happening::OthersChanged(number, version)),
        page().prop_map(Happening::Add),
    ]
}

proptest! {
    #[test]
    fn marks_are_what_the_person_marked_whatever_is_loaded_in_between(
        happenings in proptest::collection::vec(happening(), 0..40)
    ) {
        let (mut marks, mut model) = (Marks::default(), BTreeSet::new());
        for happening in happenings {
            match happening {
                Happening::Turn(number) => {
                    marks.turn(target(number, 1));
                    if !model.remove(&number) {
                        model.insert(number);
                    }
                }
                Happening::Loaded(page, version) => {
                    let page: Vec<Target> = page.into_iter().map(|number| target(number, version)).collect();
                    marks.learn(&page);
                }
                Happening::OthersChanged(number, version) => marks.learn_version(&target(number, 1).code, version),
                Happening::Add(numbers) => {
                    marks.add(numbers.iter().map(|number| target(*number, 1)));
                    model.extend(numbers);
                }
            }
            let marked: Vec<ProjectCode> = marks.targets().map(|target| target.code.clone()).collect();
            let expected: Vec<ProjectCode> = model.iter().map(|number| target(*number, 1).code).collect();
            prop_assert_eq!(marked, expected);
        }
    }
}
