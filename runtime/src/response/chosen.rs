//! Which status a value is written with, so that it is read back as that value.

use std::iter;

use http::StatusCode;

use super::claim::{Claim, index};

/// What `other` of a response is: a success, if one is left.
const SUCCESSES: [(u16, u16); 4] = [(200, 299), (500, 599), (400, 499), (300, 399)];

/// What `other` of an error is: a failure of the server, if one is left.
const FAILURES: [(u16, u16); 3] = [(500, 599), (400, 499), (300, 399)];

/// Responses with these have no body, so none is chosen for several statuses.
const WITHOUT_BODY: [u16; 3] = [204, 205, 304];

/// Chooses a status that the claims at the indices `own` have, or all claims if there is none of these: the proposed one,
/// or the first.
pub(crate) fn choose(
    claims: &[Claim],
    own: &[usize],
    proposed: Option<StatusCode>,
    is_error: bool,
) -> Option<StatusCode> {
    let is_of = |at: usize| at < claims.len() && (own.is_empty() || own.contains(&at));
    let is_own = |status: &StatusCode| is_of(index(claims, *status));
    if let Some(status) = proposed.filter(is_own) {
        return Some(status);
    }
    let rest: &[(u16, u16)] = if is_error { &FAILURES } else { &SUCCESSES };
    let claims = claims.iter().enumerate();
    let ranges = claims.filter(|(at, _)| is_of(*at)).flat_map(|(_, claim)| {
        let named = claim.range();
        let rest = if named.is_none() { rest } else { &[] };
        named.into_iter().chain(rest.iter().copied())
    });
    let mut statuses = ranges.flat_map(|(first, last)| {
        let fits = move |status: &u16| first == last || !WITHOUT_BODY.contains(status);
        let statuses = (first..=last).filter(fits);
        statuses.filter_map(|status| StatusCode::from_u16(status).ok())
    });
    iter::from_fn(|| statuses.next()).find(is_own)
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::choose;
    use crate::response::{Claim, Read};

    const fn claim(first: u16, last: u16) -> Claim {
        Claim::statuses(first, last, Read::Buffered)
    }

    const REST: Claim = Claim::rest(Read::Buffered);

    /// Claims, those of the variant, what is proposed, whether it is an error, and what is chosen.
    type Row<'a> = (&'a [Claim], &'a [usize], u16, bool, u16);

    #[test]
    fn a_status_is_one_that_is_read_back_as_the_variant() {
        #[rustfmt::skip]
        let table: &[Row<'_>] = &[
            (&[claim(200, 200), claim(202, 202)], &[1], 0, false, 202),
            (&[claim(200, 200), claim(202, 202)], &[0, 1], 202, false, 202),
            (&[claim(200, 200), claim(202, 202)], &[0], 202, false, 200),
            (&[Claim::SUCCESS], &[], 0, false, 200),
            (&[Claim::SUCCESS], &[], 204, false, 204),
            (&[claim(304, 304)], &[0], 204, false, 304),
            (&[claim(200, 200), claim(200, 299)], &[1], 0, false, 201),
            (&[claim(200, 299), REST], &[1], 0, false, 500),
            (&[claim(404, 404), REST], &[1], 0, false, 200),
            (&[claim(400, 400), claim(401, 401), claim(400, 499)], &[2], 0, true, 402),
            (&[claim(404, 404), REST], &[1], 0, true, 500),
            (&[claim(500, 500), REST], &[1], 0, true, 501),
            (&[claim(500, 599), REST], &[1], 0, true, 400),
            (&[claim(500, 599), claim(400, 499), REST], &[2], 0, true, 300),
            (&[claim(500, 599), claim(400, 499), claim(300, 399), REST], &[3], 0, true, 0),
        ];
        for (claims, own, proposed, is_error, expected) in table {
            let proposed = StatusCode::from_u16(*proposed).ok();
            let chosen = choose(claims, own, proposed, *is_error);
            let chosen = chosen.map_or(0, |status| status.as_u16());
            assert_eq!(chosen, *expected, "{claims:?} {own:?}");
        }
    }
}
