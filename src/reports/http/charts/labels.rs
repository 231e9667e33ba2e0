//! Places of labels beside a chart.

/// Moves labels apart so that each has `gap` to the next, as near as it goes to where they belong, between `top` and
/// `bottom`. `wanted` are in order; so is the result.
pub fn spread(wanted: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    // Labels that touch form a group, which is centred on the mean of where its labels belong.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for place in wanted {
        let mut group = (*place, 1);
        while let Some((center, size)) = groups.last().copied() {
            let reach = gap * (size + group.1) as f64 / 2.0;
            if group.0 - center >= reach {
                break;
            }
            groups.pop();
            let all = size + group.1;
            group = (
                (center * size as f64 + group.0 * group.1 as f64) / all as f64,
                all,
            );
        }
        let half = gap * (group.1 - 1) as f64 / 2.0;
        group.0 = group.0.min(bottom - half).max(top + half);
        groups.push(group);
    }
    let places = groups.into_iter().flat_map(|(center, size)| {
        let first = center - gap * (size - 1) as f64 / 2.0;
        (0..size).map(move |index| first + gap * index as f64)
    });
    let mut places: Vec<f64> = places.collect();
    keep_apart(&mut places, gap, top, bottom);
    places
}

/// Groups that the ends pushed together may touch again: from the bottom up, then from the top down.
fn keep_apart(places: &mut [f64], gap: f64, top: f64, bottom: f64) {
    let mut lowest = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(lowest);
        lowest = *place - gap;
    }
    let mut highest = top;
    for place in places.iter_mut() {
        *place = place.max(highest);
        highest = *place + gap;
    }
}

/// A name that fits beside a chart: at most so many characters.
pub fn short(name: &str, most: usize) -> String {
    match name.char_indices().nth(most) {
        None => name.to_owned(),
        Some(_) => {
            let kept: String = name.chars().take(most.saturating_sub(1)).collect();
            format!("{}…", kept.trim_end())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_space_stay_where_they_belong() {
        assert_eq!(
            spread(&[10.0, 40.0, 90.0], 14.0, 0.0, 100.0),
            [10.0, 40.0, 90.0]
        );
    }

    #[test]
    fn labels_that_touch_share_the_space_around_them() {
        assert_eq!(spread(&[50.0, 50.0], 14.0, 0.0, 100.0), [43.0, 57.0]);
        assert_eq!(spread(&[2.0, 3.0], 14.0, 0.0, 100.0), [0.0, 14.0]);
        assert_eq!(spread(&[99.0, 100.0], 14.0, 0.0, 100.0), [86.0, 100.0]);
    }

    #[test]
    fn labels_never_touch() {
        let wanted: Vec<f64> = (0..7).map(|index| f64::from(index * index) * 2.0).collect();
        let places = spread(&wanted, 14.0, 0.0, 100.0);
        assert!(
            places.windows(2).all(|pair| pair[1] - pair[0] > 13.9),
            "{places:?}"
        );
        assert!(places[0] >= 0.0 && places[6] <= 100.1, "{places:?}");
    }

    #[test]
    fn a_long_name_is_cut_to_its_space() {
        assert_eq!(short("Proposal", 10), "Proposal");
        assert_eq!(short("Ofertă trimisă", 8), "Ofertă…");
    }
}
