//! What the items of a page are a list of: the collections of the standard library, and an `Option` of one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The items of a page.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of items",
    label = "not the items of a page",
    note = "write which field of the response has them, `items = data`: a `Vec`, another collection of the standard library, or an `Option` of one",
    note = "for another type, implement `api_request::Paginate` and `api_request::PageItems` in place of `paginate(…)`"
)]
pub trait List {
    /// What it is a list of.
    type Item;

    /// How many there are.
    fn count(&self) -> usize;

    /// The items, in order.
    fn into_items(self) -> Vec<Self::Item>;

    /// A list of these items.
    fn from_items(items: Vec<Self::Item>) -> Self;
}

macro_rules! lists {
    ($($ty:ty, [$($param:tt)*], $item:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($param)*> List for $ty {
            type Item = $item;

            fn count(&self) -> usize {
                self.len()
            }

            fn into_items(self) -> Vec<$item> {
                self.into_iter().collect()
            }

            fn from_items(items: Vec<$item>) -> Self {
                items.into_iter().collect()
            }
        }
    )*};
}

lists! {
    Vec<T>, [T], T;
    Box<[T]>, [T], T;
    VecDeque<T>, [T], T;
    BTreeSet<T>, [T: Ord], T;
    BTreeMap<K, V>, [K: Ord, V], (K, V);
}

#[diagnostic::do_not_recommend]
impl<L: List> List for Option<L> {
    type Item = L::Item;

    fn count(&self) -> usize {
        self.as_ref().map_or(0, L::count)
    }

    fn into_items(self) -> Vec<L::Item> {
        self.map(L::into_items).unwrap_or_default()
    }

    fn from_items(items: Vec<L::Item>) -> Self {
        Some(L::from_items(items))
    }
}

/// A list of which `last` is the last item. A trait with a parameter, so that one mistake is one error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list, so it has no last item",
    label = "`last` is the last item of a list",
    note = "a field that is called `last` is written `r#last`"
)]
pub trait Last<T> {
    /// The last item, if there is one.
    fn last_item(&self) -> Option<&T>;
}

macro_rules! lasts {
    ($($ty:ty => $last:ident;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T> Last<T> for $ty {
            fn last_item(&self) -> Option<&T> {
                self.$last()
            }
        }
    )*};
}

lasts! {
    Vec<T> => last;
    Box<[T]> => last;
    VecDeque<T> => back;
}

#[diagnostic::do_not_recommend]
impl<T, L: Last<T>> Last<T> for Option<L> {
    fn last_item(&self) -> Option<&T> {
        self.as_ref()?.last_item()
    }
}

/// The last item of a list in a response.
pub fn last<T, L: Last<T>>(list: &L) -> Option<&T> {
    list.last_item()
}

/// A list of those items. A trait with a parameter, so that the compiler asks for it only where the items are asked for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of items",
    label = "not the items of a page",
    note = "write which field of the response has them, `items = data`: a `Vec`, another collection of the standard library, or an `Option` of one"
)]
pub trait ListOf<T> {
    /// The items, in order.
    fn into_items_of(self) -> Vec<T>;

    /// A list of these items.
    fn from_items_of(items: Vec<T>) -> Self;
}

#[diagnostic::do_not_recommend]
impl<L: List> ListOf<L::Item> for L {
    fn into_items_of(self) -> Vec<L::Item> {
        self.into_items()
    }

    fn from_items_of(items: Vec<L::Item>) -> Self {
        L::from_items(items)
    }
}

/// How many items a list has.
pub fn count<L: List>(list: &L) -> usize {
    list.count()
}
