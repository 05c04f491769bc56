//! What an operation tells beside its parameters: values of `meta`, and that it is deprecated.

use api_request::ApiRequest;

#[derive(Debug, PartialEq)]
struct Cost(u32);

impl Cost {
    const fn twice(self) -> Self {
        Self(self.0 * 2)
    }
}

#[derive(Debug, PartialEq)]
struct Scopes<const N: usize>([&'static str; N]);

/// It has a destructor.
#[derive(Debug, PartialEq)]
struct Owner(Option<String>);

const OWNER: Owner = Owner(None);

mod inner {
    #[derive(Debug, PartialEq)]
    pub struct Cost {
        pub tokens: u8,
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", meta = Cost(1 + 2).twice(), meta = OWNER)]
#[api(meta = Scopes(["read", "write"]), meta = inner::Cost { tokens: 7 }, meta = "text", meta = -1)]
struct Described;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", meta = Self::SIZE, meta = Scopes::<N>(["a"; N]))]
struct Generic<T, const N: usize>(#[api(skip)] std::marker::PhantomData<T>);

impl<T, const N: usize> Generic<T, N> {
    const SIZE: usize = N;
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Plain;

#[test]
fn each_type_has_its_value() {
    let operation = Described::OPERATION;
    assert_eq!(operation.meta::<Cost>(), Some(&Cost(6)));
    assert_eq!(operation.meta::<Owner>(), Some(&OWNER));
    let scopes = Scopes(["read", "write"]);
    assert_eq!(operation.meta::<Scopes<2>>(), Some(&scopes));
    assert_eq!(operation.meta::<Scopes<1>>(), None);
    let cost = inner::Cost { tokens: 7 };
    assert_eq!(operation.meta::<inner::Cost>(), Some(&cost));
    assert_eq!(operation.meta::<&str>(), Some(&"text"));
    assert_eq!(operation.meta::<i32>(), Some(&-1));
    assert_eq!(operation.meta::<u32>(), None);
    assert_eq!(Plain::OPERATION.meta::<Cost>(), None);
}

#[test]
fn a_value_may_depend_on_the_generics() {
    let operation = Generic::<u8, 3>::OPERATION;
    assert_eq!(operation.meta::<usize>(), Some(&3));
    assert_eq!(operation.meta::<Scopes<3>>(), Some(&Scopes(["a"; 3])));
}

#[test]
#[expect(deprecated, reason = "that is what is tested")]
fn a_deprecated_operation_has_its_note() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    #[deprecated]
    struct Bare;

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    #[deprecated = "use \"other\""]
    struct Short;

    #[derive(ApiRequest)]
    #[deprecated(since = "2.0.0", note = "gone soon")]
    #[api(method = GET, path = "/")]
    struct Long;

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    #[deprecated(since = "2.0.0")]
    struct Since;

    for (operation, note) in [
        (Bare::OPERATION, Some("")),
        (Short::OPERATION, Some("use \"other\"")),
        (Long::OPERATION, Some("gone soon")),
        (Since::OPERATION, Some("")),
        (Plain::OPERATION, None),
    ] {
        assert_eq!(operation.deprecated(), note, "{}", operation.name());
    }
    // They are built to show that they are not reported where they are derived.
    let _ = (Bare, Short, Long, Since, Described, Plain);
    let _ = Generic::<u8, 1>(std::marker::PhantomData);
}
