//! The retry budgets of a client, one for each origin, so that retries do not overload an API that is failing.
//!
//! A client and its clones share them. The rules and numbers are those of the
//! AWS SDKs' [standard mode](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).

use std::{
    collections::BTreeMap,
    mem,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

const FULL: u32 = 500;
const RETRY: u32 = 5;
const AFTER_TIMEOUT: u32 = 10;
const FIRST_TRY: u32 = 1;

/// How many origins are kept apart before those are dropped whose budgets are full.
const ORIGINS: usize = 64;

pub(super) struct Budget(AtomicU32);

/// A budget for the origin of the base URL, and one for each other origin.
#[derive(Default)]
pub(super) struct Budgets {
    pub(super) own: Budget,
    others: Mutex<BTreeMap<String, Arc<Budget>>>,
}

impl Budgets {
    /// Returns the budget for another origin than that of the base URL.
    pub(super) fn of(&self, origin: &str) -> Arc<Budget> {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(budget) = others.get(origin) {
            return Arc::clone(budget);
        }
        if others.len() >= ORIGINS {
            // A full one that no call uses is as good as a new one.
            others.retain(|_, budget| Arc::strong_count(budget) > 1 || !budget.is_full());
        }
        let budget = others.entry(origin.to_owned()).or_default();
        Arc::clone(budget)
    }
}

/// The tokens that the last retry of a call took.
#[derive(Clone, Copy)]
pub(super) struct Cost(u32);

/// The tokens for a retry that is waited for. Dropping it gives them back: a call may be dropped while it waits.
pub(super) struct Held<'a> {
    budget: &'a Budget,
    tokens: u32,
}

impl Held<'_> {
    /// Takes the tokens, because the retry begins.
    pub(super) fn spend(mut self) -> Cost {
        Cost(mem::take(&mut self.tokens))
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.budget.add(self.tokens);
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(FULL))
    }
}

impl Budget {
    /// Holds the tokens for a retry; `None` if there are not enough.
    pub(super) fn hold(&self, after_timeout: bool) -> Option<Held<'_>> {
        let tokens = if after_timeout { AFTER_TIMEOUT } else { RETRY };
        let left = |all: u32| all.checked_sub(tokens);
        let taken = self.0.fetch_update(Relaxed, Relaxed, left);
        let budget = self;
        // Not `then_some`, whose value would be dropped and give back what was not taken.
        taken.is_ok().then(|| Held { budget, tokens })
    }

    /// Holds no tokens, for a retry that costs none.
    pub(super) fn nothing(&self) -> Held<'_> {
        let budget = self;
        Held { budget, tokens: 0 }
    }

    /// Adds the tokens for a call that succeeded: those that its last retry took, or one if it had none.
    pub(super) fn success(&self, last: Option<Cost>) {
        let Cost(tokens) = last.unwrap_or(Cost(FIRST_TRY));
        self.add(tokens);
    }

    fn is_full(&self) -> bool {
        self.0.load(Relaxed) == FULL
    }

    fn add(&self, tokens: u32) {
        // A full budget is not written to, so that threads do not contend for its cache line.
        let more = |left: u32| (left < FULL).then(|| (left + tokens).min(FULL));
        let _ = self.0.fetch_update(Relaxed, Relaxed, more);
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Budgets, ORIGINS};

    fn retries_left(budget: &Budget) -> usize {
        std::iter::from_fn(|| Some(budget.hold(false)?.spend())).count()
    }

    #[test]
    fn a_hundred_retries_are_left_at_first() {
        assert_eq!(retries_left(&Budget::default()), 100);
    }

    #[test]
    fn a_retry_after_a_timeout_costs_twice_as_much() {
        let budget = Budget::default();
        budget.hold(true).unwrap().spend();
        assert_eq!(retries_left(&budget), 98);
    }

    #[test]
    fn five_calls_that_succeed_at_once_pay_for_a_retry() {
        let budget = Budget::default();
        retries_left(&budget);
        for _ in 0..4 {
            budget.success(None);
        }
        assert_eq!(retries_left(&budget), 0);
        budget.success(None);
        assert_eq!(retries_left(&budget), 1);
    }

    #[test]
    fn a_retry_that_succeeds_gives_its_cost_back() {
        let budget = Budget::default();
        budget.hold(false).unwrap().spend();
        let last = budget.hold(true).unwrap().spend();
        budget.success(Some(last));
        assert_eq!(retries_left(&budget), 99);
    }

    #[test]
    fn what_is_held_and_not_spent_is_given_back() {
        let budget = Budget::default();
        drop(budget.hold(true));
        drop(budget.nothing());
        assert_eq!(retries_left(&budget), 100);
    }

    #[test]
    fn each_origin_has_its_own() {
        let budgets = Budgets::default();
        retries_left(&budgets.of("https://a.example"));
        assert_eq!(retries_left(&budgets.of("https://a.example")), 0);
        for number in 0..ORIGINS * 2 {
            let budget = budgets.of(&format!("https://{number}.example"));
            assert_eq!(retries_left(&budget), 100);
            (0..500).for_each(|_| budget.success(None));
        }
        // What is full is forgotten, what is not stays.
        assert!(budgets.others.lock().unwrap().len() <= ORIGINS);
        assert_eq!(retries_left(&budgets.of("https://a.example")), 0);
        assert_eq!(retries_left(&budgets.own), 100);
    }

    #[test]
    fn it_never_holds_more_than_at_first() {
        let budget = Budget::default();
        budget.success(None);
        assert_eq!(retries_left(&budget), 100);

        let budget = Budget::default();
        let last = budget.hold(true).unwrap().spend();
        for _ in 0..9 {
            budget.success(None);
        }
        budget.success(Some(last));
        assert_eq!(retries_left(&budget), 100);
    }
}
