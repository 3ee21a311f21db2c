//! What the votes of a panel say.

use super::PanelResult;
use crate::domain::policy::PanelRules;

/// The votes, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// 通过.
    pub pass: usize,
    /// 原则通过.
    pub conditional: usize,
    /// 补充论证.
    pub supplement: usize,
    /// 不通过.
    pub fail: usize,
}

impl Tally {
    /// Counts votes.
    pub fn of(votes: impl Iterator<Item = PanelResult>) -> Tally {
        votes.fold(Tally::default(), |mut tally, vote| {
            match vote {
                PanelResult::Pass => tally.pass += 1,
                PanelResult::Conditional => tally.conditional += 1,
                PanelResult::Supplement => tally.supplement += 1,
                PanelResult::Fail => tally.fail += 1,
            }
            tally
        })
    }

    /// Tells how many were for it: 通过 and 原则通过.
    pub const fn favourable(&self) -> usize {
        self.pass + self.conditional
    }

    /// Tells how many voted.
    pub const fn votes(&self) -> usize {
        self.pass + self.conditional + self.supplement + self.fail
    }

    /// Tells what the votes say among so many members. Enough favourable ones carry it: plainly, where most vote so and
    /// nothing must be mended, and else with mending. A majority of 不通过 rejects. Anything between is argued again.
    pub fn says(&self, members: usize, has_fixes: bool, rules: &PanelRules) -> PanelResult {
        let most = |votes: usize| votes * 2 > members;
        if members > 0 && rules.favourable_share.is_reached(self.favourable(), members) {
            if most(self.pass) && !has_fixes { PanelResult::Pass } else { PanelResult::Conditional }
        } else if most(self.fail) {
            PanelResult::Fail
        } else {
            PanelResult::Supplement
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy::Policy;
    use proptest::prelude::*;

    fn says(votes: [usize; 4], has_fixes: bool) -> PanelResult {
        let [pass, conditional, supplement, fail] = votes;
        let tally = Tally { pass, conditional, supplement, fail };
        tally.says(votes.iter().sum(), has_fixes, &Policy::county_default().unwrap().panel)
    }

    #[test]
    fn r8_2_five_members_decide_four_to_one_and_argue_again_at_three_to_two() {
        for (votes, says_so) in [
            ([5, 0, 0, 0], PanelResult::Pass),
            ([4, 0, 0, 1], PanelResult::Pass),
            ([3, 1, 0, 1], PanelResult::Pass),
            ([2, 2, 0, 1], PanelResult::Conditional),
            ([0, 5, 0, 0], PanelResult::Conditional),
            ([3, 0, 0, 2], PanelResult::Supplement),
            ([3, 0, 2, 0], PanelResult::Supplement),
            ([2, 0, 0, 3], PanelResult::Fail),
            ([0, 0, 3, 2], PanelResult::Supplement),
            ([0, 0, 0, 5], PanelResult::Fail),
        ] {
            assert_eq!(says(votes, false), says_so, "{votes:?}");
        }
        assert_eq!(says([5, 0, 0, 0], true), PanelResult::Conditional, "what must be mended is a condition");
        assert_eq!(says([2, 0, 0, 1], false), PanelResult::Pass, "two of three are two thirds");
    }

    proptest! {
        #[test]
        fn a_further_favourable_vote_in_place_of_another_never_makes_it_worse(
            pass in 0usize..8, conditional in 0usize..8, supplement in 0usize..8, fail in 1usize..8, fixes: bool,
        ) {
            let rank = |result| match result {
                PanelResult::Fail => 0, PanelResult::Supplement => 1, PanelResult::Conditional => 2, PanelResult::Pass => 3,
            };
            let before = says([pass, conditional, supplement, fail], fixes);
            let after = says([pass + 1, conditional, supplement, fail - 1], fixes);
            prop_assert!(rank(after) >= rank(before));
        }
    }
}
