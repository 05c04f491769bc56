//! Names that are nearly the one that was written.

/// The name that was probably meant, if one is near enough.
pub(crate) fn meant<'n>(
    written: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let near = names.into_iter().filter(|name| is_near(written, name));
    near.min_by_key(|name| distance(written, name))
}

/// Whether a name can be meant: a third of the characters may differ, and one of a short name.
pub(super) fn is_near(written: &str, name: &str) -> bool {
    distance(written, name) <= (written.chars().count() / 3).max(1)
}

/// The names that are nearest, the best first: those with what was written in them, then by their distance.
pub(crate) fn nearest<'n>(
    written: &str,
    names: impl IntoIterator<Item = &'n str>,
    count: usize,
) -> Vec<&'n str> {
    let lower = written.to_lowercase();
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_cached_key(|name| {
        let is_part = !lower.is_empty() && name.to_lowercase().contains(&lower);
        (!is_part, distance(written, name))
    });
    names.dedup();
    names.truncate(count);
    names
}

/// How many characters have to be added, removed, replaced or swapped with the next one; case does not matter.
fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.to_lowercase().chars().collect();
    let to: Vec<char> = to.to_lowercase().chars().collect();
    let (mut above, mut last) = (Vec::new(), (0..=to.len()).collect::<Vec<_>>());
    for (row, char) in from.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in to.iter().enumerate() {
            let replaced = last[column] + usize::from(char != other);
            let mut fewest = replaced.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *char == to[column - 1] && from[row - 1] == *other {
                let above: &[usize] = &above;
                fewest = fewest.min(above[column - 1] + 1);
            }
            next.push(fewest);
        }
        above = last;
        last = next;
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, meant, nearest};

    #[test]
    fn a_distance_counts_characters() {
        for (from, to, expected) in [
            ("", "", 0),
            ("", "ab", 2),
            ("temprature", "temperature", 1),
            ("modle", "model", 1),
            ("Key", "key", 0),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(from, to), expected, "{from} {to}");
            assert_eq!(distance(to, from), expected, "{to} {from}");
        }
    }

    #[test]
    fn a_name_is_meant_if_it_is_near() {
        let names = ["temperature", "top_k", "top_p"];
        assert_eq!(meant("temprature", names), Some("temperature"));
        assert_eq!(meant("topk", names), Some("top_k"));
        assert_eq!(meant("colour", names), None);
    }

    #[test]
    fn the_nearest_names_have_the_written_one_in_them() {
        let names = ["getKey", "list", "sendChatCompletionRequest"];
        assert_eq!(nearest("chat", names, 1), ["sendChatCompletionRequest"]);
        assert_eq!(nearest("getKeys", names, 1), ["getKey"]);
    }
}
