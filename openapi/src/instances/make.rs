//! Makes one value of a schema: the smallest, or the fullest.

use serde_json::{Map, Value as Json};

use crate::document::{Schema, Type};

use super::{
    Values,
    choice::{Choice, Spot, has_optional, others_of},
    number::{Bounds, LARGE},
    pattern,
    shape::Shape,
    walk,
};

/// How many values are made for one instance at most.
const MAX_STEPS: usize = 1_000;
/// How deep an instance nests at most.
const MAX_DEPTH: usize = 64;
/// How many items a list has at most: a document may ask for millions.
const MAX_ITEMS: u64 = 100;

pub(super) struct Maker<'a, 'v> {
    values: &'v Values<'a>,
    /// Whether all members are there, and an item in each list.
    full: bool,
    /// How deep the fullest instance nests.
    depth: usize,
    /// The schemas that values are being made of, and whether they are full.
    open: Vec<(Vec<usize>, bool)>,
    nth: usize,
    pub(super) pointer: String,
    pub(super) steps: usize,
    pub(super) spots: Vec<Spot<'a>>,
    /// Where a text is perhaps not what a pattern asks for.
    pub(super) unsure: Vec<String>,
}

impl<'a, 'v> Maker<'a, 'v> {
    pub(super) fn new(values: &'v Values<'a>, full: bool, depth: usize, pointer: &str) -> Self {
        Self {
            values,
            full,
            depth,
            open: Vec::new(),
            nth: 0,
            pointer: pointer.to_owned(),
            steps: 0,
            spots: Vec::new(),
            unsure: Vec::new(),
        }
    }

    /// Whether there was more to make than one instance may have.
    pub(super) fn is_exhausted(&self) -> bool {
        self.steps > MAX_STEPS
    }

    /// Makes a value of which all the schemas hold, if there is one.
    pub(super) fn make(&mut self, schemas: &[&'a Schema], choice: &Choice) -> Option<Json> {
        self.steps += 1;
        if self.is_exhausted() || self.open.len() > MAX_DEPTH {
            return None;
        }
        let key: Vec<usize> = schemas.iter().map(|schema| self.address(schema)).collect();
        let was_full = self.full;
        let is_open = |open: &[(Vec<usize>, bool)], full| {
            open.iter()
                .any(|(other, was)| *other == key && *was == full)
        };
        // What contains itself ends with the smallest one; if that contains itself too, there is none.
        self.full &= !is_open(&self.open, true) && self.open.len() < self.depth;
        self.full &= !choice.is_smallest;
        let is_default = choice.picks.is_empty() && choice.kind.is_none() && !choice.is_empty;
        let known = (!self.full && is_default && choice.value.is_none() && self.nth == 0)
            .then(|| self.values.smallest.borrow().get(&key).cloned())
            .flatten();
        let made = if known.is_some() {
            known
        } else if !self.full && is_open(&self.open, false) {
            None
        } else {
            self.open.push((key.clone(), self.full));
            let unsure = self.unsure.len();
            let made = self.alternatives(schemas, choice);
            self.open.pop();
            let is_kept = !self.full && is_default && self.nth == 0 && self.unsure.len() == unsure;
            if let (Some(made), true) = (&made, is_kept) {
                self.values.smallest.borrow_mut().insert(key, made.clone());
            }
            made
        };
        self.full = was_full;
        made
    }

    /// The address of a schema; that of its target if it is nothing but a reference.
    fn address(&self, schema: &'a Schema) -> usize {
        let mut schema = schema;
        for _ in 0..8 {
            let target = schema
                .reference
                .as_ref()
                .and_then(|id| self.values.document.schemas.get(id));
            match target {
                Some(target)
                    if schema.all_of.is_empty() && schema.any_of.is_empty() && !schema.nullable =>
                {
                    schema = target;
                }
                _ => break,
            }
        }
        std::ptr::from_ref(schema).addr()
    }

    /// The first alternative that has a value.
    fn alternatives(&mut self, schemas: &[&'a Schema], choice: &Choice) -> Option<Json> {
        let spots = self.spots.len();
        let shape = self.shape(schemas, &choice.picks);
        let made = self.noted(schemas, &shape, choice);
        if made.is_some() || !choice.picks.is_empty() {
            return made;
        }
        for (union, (count, _)) in shape.unions.iter().enumerate() {
            for pick in 1..*count {
                let mut choice = choice.clone();
                choice.picks = vec![0; union];
                choice.picks.push(pick);
                self.spots.truncate(spots);
                let shape = self.shape(schemas, &choice.picks);
                let made = self.noted(schemas, &shape, &choice);
                if made.is_some() || self.is_exhausted() {
                    return made;
                }
            }
        }
        shape.nullable.then_some(Json::Null)
    }

    fn shape(&self, schemas: &[&'a Schema], picks: &[usize]) -> Shape<'a> {
        Shape::new(self.values.document, self.values.direction, schemas, picks)
    }

    /// Makes a value, and notes what else there is to choose.
    fn noted(
        &mut self,
        schemas: &[&'a Schema],
        shape: &Shape<'a>,
        choice: &Choice,
    ) -> Option<Json> {
        let is_full = self.full;
        let spots = self.spots.len();
        let made = self.value(shape, choice)?;
        if is_full && self.nth == 0 {
            let mut others = Vec::new();
            others_of(shape, choice, &made, &mut others);
            // The smallest of the whole is an instance of its own.
            if !self.pointer.is_empty() && has_optional(shape, &made) {
                others.push(Choice {
                    is_smallest: true,
                    ..choice.clone()
                });
            }
            let spot = |(rank, choice)| Spot {
                pointer: self.pointer.clone(),
                schemas: schemas.to_vec(),
                choice,
                rank,
            };
            let others: Vec<Spot<'a>> = others.into_iter().enumerate().map(spot).collect();
            // What is outside comes before what is inside.
            self.spots.splice(spots..spots, others);
        }
        Some(made)
    }

    fn value(&mut self, shape: &Shape<'a>, choice: &Choice) -> Option<Json> {
        if let Some(value) = &choice.value {
            return Some(value.clone());
        }
        if shape.is_null {
            return Some(Json::Null);
        }
        if let Some(values) = shape.listed() {
            let nth = self.nth % values.len().max(1);
            let value = values.get(nth).map(|value| (*value).clone());
            return value.or(shape.nullable.then_some(Json::Null));
        }
        let kinds = shape.kinds();
        let kinds = choice.kind.map_or(kinds, |kind| vec![kind]);
        if kinds.is_empty() && shape.types.is_none() {
            let example = shape.examples.first().filter(|_| self.full);
            return Some(example.map_or_else(|| Json::Object(Map::new()), |it| (*it).clone()));
        }
        let made = kinds
            .into_iter()
            .find_map(|kind| self.of_kind(shape, kind, choice));
        made.or(shape.nullable.then_some(Json::Null))
    }

    fn of_kind(&mut self, shape: &Shape<'a>, kind: Type, choice: &Choice) -> Option<Json> {
        match kind {
            Type::Object => self.object(shape),
            Type::Array => self.list(shape, choice.is_empty),
            Type::Boolean => {
                let example = shape.examples.iter().find(|it| it.is_boolean());
                let value = example.and_then(|it| it.as_bool()).unwrap_or(true);
                Some(Json::Bool(value ^ (self.nth % 2 == 1)))
            }
            Type::String => Some(Json::String(self.text(shape))),
            Type::Integer | Type::Number => self.number(shape, kind),
        }
    }

    fn text(&mut self, shape: &Shape<'a>) -> String {
        let texts = &self.values.texts;
        let fits = |text: &&str| texts.fits(text, shape.format, &shape.limits, &shape.patterns);
        let mut examples = shape.examples.iter().filter_map(|it| it.as_str());
        if self.nth == 0
            && let Some(example) = examples.find(fits)
        {
            return example.to_owned();
        }
        let (text, is_sure) = texts.make(
            shape.format,
            &shape.limits,
            &shape.patterns,
            self.full,
            self.nth,
        );
        if !is_sure {
            self.unsure.push(self.pointer.clone());
        }
        text
    }

    fn number(&mut self, shape: &Shape<'a>, kind: Type) -> Option<Json> {
        let bounds = Bounds {
            limits: &shape.limits,
            format: shape.format,
            kind,
        };
        let made = bounds.make(self.full, self.nth);
        let is_telling =
            |it: &Json| it.as_f64().is_some_and(|it| it.fract() != 0.0) || *it == LARGE;
        if made.as_ref().is_some_and(is_telling) || self.nth > 0 {
            return made;
        }
        let examples = shape.examples.iter();
        let mut numbers = examples.filter_map(|it| match it {
            Json::Number(number) => Some(number),
            _ => None,
        });
        let example = numbers.find(|it| bounds.fits(it) && (kind != Type::Integer || !it.is_f64()));
        example.map(|it| Json::Number(it.clone())).or(made)
    }

    fn object(&mut self, shape: &Shape<'a>) -> Option<Json> {
        let mut members = Map::new();
        let most = shape.limits.max_properties.unwrap_or(u64::MAX);
        let is_full = |members: &Map<String, Json>| members.len() as u64 >= most;
        let required = shape
            .properties
            .keys()
            .filter(|name| shape.required.contains(*name));
        let optional = shape
            .properties
            .keys()
            .filter(|name| !shape.required.contains(*name));
        for name in required {
            let value = self.property(shape, name)?;
            members.insert((*name).to_owned(), value);
        }
        for name in &shape.required {
            if !members.contains_key(*name) {
                let value = self.other(shape, name)?;
                members.insert((*name).to_owned(), value);
            }
        }
        let least = shape
            .limits
            .min_properties
            .unwrap_or_default()
            .min(MAX_ITEMS);
        for name in optional {
            let is_wanted = self.full || (members.len() as u64) < least;
            if is_wanted
                && !is_full(&members)
                && let Some(value) = self.property(shape, name)
            {
                members.insert((*name).to_owned(), value);
            }
        }
        self.unlisted(shape, least, &mut members);
        // In the order of the document.
        let position = |name: &str| shape.properties.get_index_of(name).unwrap_or(usize::MAX);
        let mut members: Vec<(String, Json)> = members.into_iter().collect();
        members.sort_by_key(|(name, _)| position(name));
        Some(Json::Object(members.into_iter().collect()))
    }

    /// Adds members that are not listed: as many as there are at least, and one where all there is is wanted.
    fn unlisted(&mut self, shape: &Shape<'a>, least: u64, members: &mut Map<String, Json>) {
        let has_others = !shape.additional.is_empty() || !shape.pattern_properties.is_empty();
        let more = u64::from(self.full && has_others);
        let most = shape.limits.max_properties.unwrap_or(u64::MAX);
        let least = least.max(members.len() as u64 + more).min(most);
        let pattern = shape.pattern_properties.first();
        let pattern = pattern.filter(|_| shape.additional.is_empty());
        let name = match pattern {
            Some((pattern, _)) => pattern::matching(pattern, 0).unwrap_or_default(),
            None => "key".to_owned(),
        };
        for index in 0..MAX_ITEMS {
            if members.len() as u64 >= least {
                break;
            }
            let name = match index {
                0 => name.clone(),
                index => format!("{name}{index}"),
            };
            if members.contains_key(&name) {
                continue;
            }
            let Some(value) = self.other(shape, &name) else {
                break;
            };
            members.insert(name, value);
        }
    }

    fn property(&mut self, shape: &Shape<'a>, name: &str) -> Option<Json> {
        let schemas = &shape.properties[name];
        let tag = shape.tags.get(name).and_then(|tag| self.tag(schemas, tag));
        let choice = Choice {
            value: tag,
            ..Choice::default()
        };
        if choice.value.is_some() {
            self.other_tags(shape, name);
            return choice.value;
        }
        self.below(name, |this| this.make(schemas, &choice))
    }

    /// Notes the other values that an alternative has.
    fn other_tags(&mut self, shape: &Shape<'a>, name: &str) {
        if !self.full || self.nth > 0 {
            return;
        }
        let schemas = &shape.properties[name];
        let others = shape.other_tags.iter().filter(|(of, _)| *of == name);
        for (rank, (_, tag)) in others.enumerate() {
            let Some(value) = self.tag(schemas, tag) else {
                continue;
            };
            let pointer = self.below(name, |this| this.pointer.clone());
            let choice = Choice {
                value: Some(value),
                ..Choice::default()
            };
            self.spots.push(Spot {
                pointer,
                schemas: schemas.clone(),
                choice,
                rank,
            });
        }
    }

    /// The value that tells alternatives apart, if the schema of the member does not say something else.
    fn tag(&self, schemas: &[&'a Schema], tag: &Json) -> Option<Json> {
        let shape = self.shape(schemas, &[]);
        let is_text = shape
            .types
            .as_ref()
            .is_none_or(|types| types.contains(&Type::String));
        let is_listed = shape
            .values
            .as_ref()
            .is_none_or(|values| values.contains(tag));
        (is_text && is_listed).then(|| tag.clone())
    }

    /// A member without a property.
    fn other(&mut self, shape: &Shape<'a>, name: &str) -> Option<Json> {
        if let Some(tag) = shape.tags.get(name) {
            return Some(tag.clone());
        }
        let mut schemas = shape.additional.clone();
        if schemas.is_empty() {
            schemas.extend(shape.pattern_properties.first().map(|(_, schema)| *schema));
        }
        if schemas.is_empty() {
            return Some(Json::String("text".to_owned()));
        }
        self.below(name, |this| this.make(&schemas, &Choice::default()))
    }

    fn list(&mut self, shape: &Shape<'a>, is_empty: bool) -> Option<Json> {
        let limits = &shape.limits;
        let least = limits.min_items.unwrap_or_default().min(MAX_ITEMS);
        let wanted = if self.full && !is_empty {
            least.max(1).max(shape.prefix_items.len() as u64)
        } else {
            least
        };
        let wanted = wanted.max(u64::from(!shape.contains.is_empty()));
        let wanted = wanted.min(limits.max_items.unwrap_or(u64::MAX));
        let mut items: Vec<Json> = Vec::new();
        for index in 0..usize::try_from(wanted).unwrap_or_default() {
            let mut schemas = shape.prefix_items.get(index).cloned().unwrap_or_default();
            if schemas.is_empty() {
                schemas.clone_from(&shape.items);
            }
            if index == 0 {
                schemas.extend(&shape.contains);
            }
            match self.item(&schemas, index, limits.unique_items.then_some(&items)) {
                Some(item) => items.push(item),
                None if items.len() as u64 >= least => break,
                None => return None,
            }
        }
        Some(Json::Array(items))
    }

    /// An item that is none of `others`.
    fn item(
        &mut self,
        schemas: &[&'a Schema],
        index: usize,
        others: Option<&Vec<Json>>,
    ) -> Option<Json> {
        let Some(others) = others else {
            return self.below(&index.to_string(), |this| {
                this.make(schemas, &Choice::default())
            });
        };
        let outer = self.nth;
        for nth in index..index + 3 {
            self.nth = outer + nth;
            let item = self.below(&index.to_string(), |this| {
                this.make(schemas, &Choice::default())
            });
            self.nth = outer;
            match item {
                Some(item) if !others.contains(&item) => return Some(item),
                Some(_) => {}
                None => return None,
            }
        }
        None
    }

    /// Does something one level further down.
    fn below<T>(&mut self, step: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&walk::escaped(step));
        let result = act(self);
        self.pointer.truncate(length);
        result
    }
}
