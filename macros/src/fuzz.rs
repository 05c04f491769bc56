//! Throws attributes made from a grammar, and mutations of them, at the derives: they never panic, and what they return
//! is Rust.
//!
//! Each input follows from its number alone. `FUZZ_INPUTS` says how many there are.

mod responses;

use std::{
    fmt::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::DeriveInput;

use crate::words::lookup;

/// What each `$rule` may become. The first choice is the shortest, for where an input has grown deep enough.
#[rustfmt::skip]
const GRAMMAR: &[(&str, &[&str])] = &[
    ("item", &[
        "$lists struct Request $shape", "$lists pub struct Request $generics $shape",
        "$lists struct r#type $generics $shape", "$lists enum Request $generics { A ( $type ) , B }",
        "$lists union Request { $fields }",
    ]),
    ("good", &[
        "$good_values",
        "# [ api ( method = GET , path = \"/{id}\" ) ] struct Request { id : $known , # [ api ( query = \"q\" ) ] r#type : Option < $known > , # [ api ( header ( explode , name = \"X-A\" ) ) ] a : $known }",
        "# [ api ( method = POST , path = \"/\" , fields = json , rename_all = \"camelCase\" ) ] # [ api ( response = Vec < u8 > , events ( item = $known , flag = \"stream\" , done = \"[DONE]\" ) , error = $known ) ] struct Request < 'a , T : Clone > where T : Trait { # [ serde ( rename = \"b\" , with = \"m\" ) ] a : & 'a $known , # [ api ( json ( null ) ) ] c_d : T , # [ serde ( flatten ) ] rest : $known }",
        "# [ api ( method = \"PURGE\" , path = \"/{0}/{1}.json\" , name = \"n\" , auth = none , crate = :: api ) ] # [ api ( header ( \"X-V\" = \"2\" ) , query ( \"a\" = \"b\" , \"c\" = \"d\" ) ) ] struct Request < const N : usize > ( $known , [ u8 ; N ] , # [ api ( cookie = \"sid\" , secret ) ] $known , # [ api ( skip ) ] $known ) ;",
        "# [ doc = \" Doc.\" ] # [ api ( method = PUT , path = \"/\" , response ( with = F ) , validate = Self :: check ) ] struct Request { # [ api ( body ( text , content_type = \"text/csv\" ) ) ] body : $known , # [ api ( query ( flatten ) ) ] rest : $known , # [ api ( query ( style = deep ) ) ] deep : $known }",
        "# [ api ( method = PUT , path = \"/\" ) ] struct Request < T > { # [ api ( body ( with = $type , content_type = \"text/csv\" ) ) ] body : Option < T > }",
        "# [ api ( method = POST , path = \"/\" ) ] struct Request < T > { # [ api ( body ( lines , secret ) ) ] body : Vec < $known > , # [ api ( query ) ] b : T }",
        "# [ api ( method = PATCH , path = \"/\" , fields = form ) ] struct Request { # [ api ( style = pipe ) ] a : Vec < $known > , # [ api ( explode = false ) ] b : $known , # [ serde ( flatten ) ] c : $known }",
        "# [ api ( method = GET , path = \"/\" , fields = query , response = Keys , paginate ( offset = a , limit = r#type , items = b . c , item = $known ) ) ] struct Request { a : $known , r#type : Option < $known > }",
        "# [ api ( method = POST , path = \"/{id}\" , fields = json , response = Keys < T > , paginate ( cursor = 1 , next = a . 0 . b ) ) ] struct Request < 'a , T : Clone , const N : usize > ( # [ api ( path = \"id\" ) ] [ T ; N ] , # [ api ( json = \"a\" ) ] & 'a $known ) where T : Trait ;",
        "# [ api ( method = GET , path = \"/\" , response = Vec < $known > , paginate ( $way ) ) ] struct Request ;",
        "# [ api ( method = POST , path = \"/\" , fields = part ) ] struct Request { a : $known , # [ api ( filename = \"a.txt\" , content_type = \"text/x-a\" , secret ) ] b : Option < $known > , # [ api ( part ( name = \"c d\" , content_type = \"application/json\" ) ) ] c : $known , # [ api ( name = \"f[{n}]\" ) ] d : Vec < $known > }",
        "# [ api ( in = $known , method = GET , path = \"/{id}\" , fields = query ) ] struct Request { id : $known , # [ api ( flatten ) ] a : $known , # [ api ( query ( flatten ) ) ] b : $known , c : $known }",
        "# [ api ( method = PUT ) ] struct Request { # [ api ( url ( secret ) ) ] at : $known , # [ api ( query ) ] a : $known , # [ api ( body = bytes ) ] b : Bytes }",
    ]),
    ("good_values", &[
        "# [ deprecated = \"note\" ] # [ api ( meta = Cost ( 3 ) , meta = \"a\" ) ] # [ api ( method = GET , path = \"\" , query ( \"acl\" , \"a\" = \"b\" ) ) ] struct Request { # [ api ( query ( json ) ) ] a : $known , # [ api ( query ( flag ) ) ] b : $known , # [ api ( header ( json , secret ) ) ] c : Nullable < $known > , # [ api ( query ( style = dots ) ) ] d : $known }",
        "# [ api ( method = POST , path = \"/{a}\" ) ] struct Request < T > { # [ api ( path ( segments ) ) ] a : $known , # [ api ( form ( json ) ) ] # [ serde ( with = \"m\" ) ] b : T , # [ api ( form ( style = dots ) ) ] c : T , # [ api ( cookie ( encode ) ) ] d : Nullable < $known > }",
    ]),
    ("good_group", &[
        "# [ api ( fields = query , rename_all = \"camelCase\" ) ] struct Group { offset : $known , # [ api ( header = \"X-A\" ) ] b : Option < $known > }",
        "# [ doc = \" Doc.\" ] # [ api ( path = \"/a/{id}\" , error = $known , auth = required , header ( \"X-V\" = \"2\" ) , query ( \"acl\" ) ) ] struct Group < T : Clone > where T : Trait { id : $known , # [ api ( query ( json ) ) ] # [ serde ( with = \"m\" ) ] b : T , # [ api ( cookie ( encode , secret ) ) ] c : $known , # [ api ( header ( flatten ) ) ] d : $known }",
        "# [ api ( crate = :: api ) ] struct Group ( # [ api ( query ( name = \"a\" , style = dots ) ) ] $known , # [ api ( skip ) ] u8 ) ;",
        "struct Group ;",
    ]),
    ("group", &[
        "# [ api ( $group_keys ) ] struct Group $shape", "$attr $attr struct Group $generics $shape",
        "# [ api ( $group_keys ) ] $attr struct r#type $generics $shape", "# [ api ( $keys ) ] struct Group $shape",
        "# [ api ( $group_keys ) ] enum Group { A }", "union Group { $fields }",
    ]),
    ("group_keys", &[
        "fields = query", "path = $path", "path = $path , $group_keys", "fields = $place , $group_keys",
        "error = $type , auth = $word , $group_keys", "header ( $constants ) , query ( $constants )", "$keys",
    ]),
    ("good_error", &[
        "# [ api ( envelope ( \"errcode\" != - 1 ) , message = errors [ 0 ] . r#type [ \"a b\" ] ) ] enum Failure { # [ api ( other ) ] A ( $known ) }",
        "# [ api ( envelope ( unless = \"ok\" ) ) ] enum Failure { # [ api ( status = 404 ) ] A }",
        "# [ api ( envelope = \"error\" ) ] enum Failure { # [ api ( status = 400 , status = \"5xx\" ) ] A ( $known ) , # [ api ( status = 404 ) ] B , # [ api ( other ) ] C { c : $known } }",
        "# [ api ( crate = :: api ) ] # [ derive ( Debug ) ] enum Failure < T : Clone , const N : usize = 1 > where T : Trait { # [ api ( status = 410 ) ] # [ api ( status = \"3xx\" ) ] r#A ( T ) , # [ api ( status = 599 ) ] B { } , # [ doc = \" C.\" ] # [ api ( status = \"4xx\" ) ] C ( [ u8 ; N ] ) = 7 , }",
        "enum Failure { # [ api ( other ) ] A ( $known ) }",
    ]),
    ("error", &[
        "enum Failure { $variant }", "$error_lists enum Failure $generics $where { $variants }",
        "$error_lists enum r#type { $variants }", "$error_lists struct Failure $shape",
        "$error_lists union Failure { $fields }", "enum Failure { }", "enum Failure $generics { $variants }",
    ]),
    ("error_lists", &[
        "# [ api ( $error_key ) ]", "# [ api ( $error_key , $error_key ) ]", "$attr $error_lists", "# [ api ( $keys ) ]",
    ]),
    ("error_key", &[
        "envelope = \"error\"", "envelope = $text", "envelope", "envelope = $value", "envelope ( $envelope )",
        "envelope ( $envelope , $envelope )", "message = $message", "message = $value", "message", "crate = $function", "$variant_key",
        "$word = $value", "$garbage",
    ]),
    ("envelope", &[
        "unless = \"ok\"", "unless = $text", "unless", "$text", "\"errcode\" != $envelope_value", "$text != $value",
        "$text == 0", "$word = $text", "$garbage", "",
    ]),
    ("envelope_value", &[
        "0", "- 1", "200", "\"ok\"", "true", "false", "0u8", "99999999999", "- \"ok\"", "1.5", "",
    ]),
    ("message", &[
        "errors [ 0 ] . text", "error", "$message . $name", "$message [ 0 ]", "$message [ $text ]", "[ $text ]", "[ 0 ]", "r#type",
        "$message . 0", "$message [ - 1 ]", "$message [ ]", "$message [ 0 , 1 ]", "$message [ 99999 ]", "$message $word", "$text", "",
    ]),
    ("variants", &[
        "$variant", "$variant , $variants", "$variant , $variants", "$variant $variants", "",
    ]),
    ("variant", &[
        "# [ api ( $variant_key ) ] A", "$variant_attr B", "$variant_attr C ( $type )", "$variant_attr D { $name : $type }",
        "$variant_attr E ( $members )", "$variant_attr F { $fields }", "$variant_attr $variant_attr G = 7", "r#H",
    ]),
    ("variant_attr", &[
        "# [ api ( $variant_key ) ]", "# [ api ( $variant_key , $variant_key ) ]", "# [ api ( $variant_key , ) ]", "$attr",
        "# [ api ( $variant_key $variant_key ) ]", "# [ api ( $option ) ]", "# [ api ( $error_key ) ]", "",
    ]),
    ("variant_key", &[
        "status = 404", "other", "status = $status", "status = $status", "status = $value", "status ( $status )",
        "other = $value", "$key", "$word",
    ]),
    ("status", &[
        "400", "404", "500", "599", "\"3xx\"", "\"4xx\"", "\"5xx\"", "299", "600", "5xx", "\"404\"", "\"5XX\"",
        "404u16", "0x194", "4_0_4", "4e2", "99999999999999999999999", "- 404", "\"\"", "\"4é\"",
    ]),
    ("good_enum", &[
        "# [ api ( rename_all = $rename_rule ) ] enum Status { A , # [ api ( name = \"b c\" ) ] r#B , # [ api ( other ) ] C ( String ) }",
        "# [ serde ( rename_all = $rename_rule ) ] # [ api ( crate = :: api ) ] # [ derive ( Debug ) ] pub enum r#type < const N : usize > { # [ serde ( rename = \"\" ) ] A = 7 , # [ doc = \" B.\" ] BéB , # [ api ( other ) ] C { c : $known } }",
        "enum Status { # [ api ( other ) ] A ( $known ) }",
    ]),
    ("rename_rule", &[
        "\"lowercase\"", "\"UPPERCASE\"", "\"PascalCase\"", "\"camelCase\"", "\"snake_case\"",
        "\"SCREAMING_SNAKE_CASE\"", "\"kebab-case\"", "\"SCREAMING-KEBAB-CASE\"",
    ]),
    ("enum", &[
        "enum Status { $open_variant }", "$enum_lists enum Status $generics $where { $open_variants }",
        "$enum_lists enum r#type { $open_variants }", "$enum_lists struct Status $shape",
        "$enum_lists union Status { $fields }", "enum Status { }", "enum Status { $variants }",
    ]),
    ("enum_lists", &[
        "# [ api ( $enum_key ) ]", "# [ api ( $enum_key , $enum_key ) ]", "# [ serde ( $enum_key ) ]", "$attr $enum_lists", "",
    ]),
    ("enum_key", &[
        "rename_all = $rename_rule", "rename_all = $rename", "rename_all ( serialize = $rename )", "rename_all", "crate = $function",
        "$open_variant_key", "$error_key", "$word = $value", "$garbage",
    ]),
    ("open_variants", &[
        "$open_variant", "$open_variant , $open_variants", "$open_variant , $open_variants", "",
    ]),
    ("open_variant", &[
        "A", "$open_variant_attr B", "$open_variant_attr $name", "# [ api ( other ) ] C ( $type )",
        "$open_variant_attr D { $name : $type }", "$open_variant_attr E ( $members )", "$open_variant_attr $attr F = 7",
    ]),
    ("open_variant_attr", &[
        "# [ api ( $open_variant_key ) ]", "# [ api ( $open_variant_key , $open_variant_key ) ]",
        "# [ serde ( rename = $text ) ]", "# [ serde ( $serde ) ]", "# [ api ( $enum_key ) ]", "",
    ]),
    ("open_variant_key", &[
        "name = $text", "other", "name = $value", "name ( $text )", "other = $value", "other ( $text )", "$variant_key", "$word",
    ]),
    ("known", &[
        "u8", "String", "$type",
    ]),
    ("lists", &[
        "# [ api ( method = GET , path = \"/\" ) ]", "# [ api ( method = $method , path = $path ) ]",
        "# [ api ( method = $method , path = $path , $keys ) ]",
        "# [ api ( method = POST , path = $path , fields = $place ) ] $attr",
        "# [ api ( $keys ) ] # [ api ( method = $method , path = $path ) ]", "# [ api ( $keys ) ] $lists",
        "$attr $lists",
    ]),
    ("attr", &[
        "# [ api ]", "# [ api = $value ]", "# [ api ( ) ]", "# [ api [ $keys ] ]", "# [ doc = $text ]",
        "# [ doc ( hidden ) ]", "# [ deprecated ( since = $text , note = $value ) ]", "# [ serde ( $serde ) ]", "# [ serde ]", "# [ cfg ( any ( ) ) ]",
    ]),
    ("keys", &[
        "$key", "$key ,", "$key , $keys", "$key $keys",
    ]),
    ("key", &[
        "auth = required", "auth = management", "in = $type", "in = $value", "meta = $meta", "method = $method", "path = $path", "response = $type", "response ( $response )",
        "error = $type", "error ( with = $type )", "error ( $response )", "events = $type", "events ( $events )", "fields = $place", "rename_all = $rename", "header ( $constants )", "query ( $constants )",
        "paginate ( $paginate )", "auth = $word", "validate = $function", "name = $text", "crate = $function", "$word = $value",
        "$word ( $keys )", "$option", "$garbage",
    ]),
    ("meta", &[
        "Cost ( 3 )", "$text", "- 1", "a :: < u8 , T > :: B { c : $value }", "[ 1 , 2 ]", "{ 1 }", "| a , b | a", "$value", "$type", "$garbage", "COST",
    ]),
    ("method", &[
        "GET", "POST", "HEAD", "get", "\"PURGE\"", "\"a b\"", "$word", "$value",
    ]),
    ("path", &[
        "\"/\"", "\"\"", "\"/{id}\"", "\"/keys/{id}/{a}.json\"", "\"/{0}/{1}\"", "\"/{id}/{id}\"", "\"keys\"",
        "\"/{r#type}{}\"", "\"/{{a}}/é/../%2e%\"", "r#\"/a?b#c\"#", "b\"/\"", "$value",
    ]),
    ("response", &[
        "text", "json = $type", "with = $type", "lines = $type", "lines", "stream , bytes", "empty", "$type", "$word = $value",
    ]),
    ("events", &[
        "item = $type", "item = $type , flag = $text", "item = $type , done = $text , $events", "only = $text",
        "ignore = [ $text , $text ]", "flag = $value", "$type", "resume", "item = $type , resume", "resume = $value",
        "",
    ]),
    ("way", &[
        "link", "next_url = a . b", "link , items = a , item = $type", "next_url = a . 0 , items = b , item = $known",
    ]),
    ("paginate", &[
        "link", "$way", "$paginate , $paginate", "offset = $name", "limit = $name", "page = $name", "page = 0",
        "cursor = $name , next = $name . $name", "cursor = $name , next = header ( $text )", "more = $name . $name",
        "total = $name", "pages = $name", "short", "missing", "items = $name", "item = $type", "next = $value", "$word = $value",
        "$garbage", "",
    ]),
    ("constants", &[
        "\"a\" = \"b\"", "\"a\"", "\"X-é\" = \"\\n\" , $constants", "$text = $text", "$value", "$text ,", "",
    ]),
    ("rename", &[
        "\"camelCase\"", "\"PascalCase\"", "\"kebab-case\"", "\"SCREAMING-KEBAB-CASE\"", "$text", "camelCase",
    ]),
    ("function", &[
        ":: api", "check", "Self :: check", "crate :: m :: check", "check :: < T >", "super :: a", "\"check\"",
        "$type", "< T as A > :: check", ":: < T >", "$ crate",
    ]),
    ("shape", &[
        ";", "$where { $fields }", "$where { $fields }", "$where { $fields }", "( $members ) $where ;",
        "( $members ) ;",
    ]),
    ("fields", &[
        "id : u8", "", "$field", "$field , $fields", "$field , $fields", "$field , $fields",
    ]),
    ("field", &[
        "$name : $type", "$place_attr $name : $type", "$place_attr pub $name : $type",
        "$attr $place_attr $name : $type", "$name : $type = $value",
    ]),
    ("members", &[
        "u8", "", "$place_attr $type", "$place_attr $type , $members",
    ]),
    ("name", &[
        "id", "a", "b", "r#type", "r#fn", "__", "élan_vital", "content_type", "host", "größe", "_", "self",
    ]),
    ("place_attr", &[
        "# [ api ( $place ) ]", "# [ api ( $place = $text ) ]", "# [ api ( $place ( $options ) ) ]",
        "# [ api ( $options ) ]", "# [ serde ( $serde ) ] # [ api ( json ) ]", "# [ api ( body = $body ) ]",
        "# [ api ( body ( $body , $options ) ) ]", "$attr",
    ]),
    ("place", &[
        "query", "path", "url", "header", "cookie", "json", "form", "part", "body", "skip", "$word",
    ]),
    ("body", &[
        "json", "text", "bytes", "stream", "form", "lines", "with = $type", "with", "$word",
    ]),
    ("options", &[
        "$option", "$option ,", "$option , $options", "$option $options", "",
    ]),
    ("option", &[
        "secret", "name = $text", "style = $style", "json", "flag", "segments", "encode", "explode", "explode = false", "flatten", "allow_empty", "null",
        "null = $value", "content_type = \"text/csv\"", "content_type = $text", "filename = $text", "$word", "$text", "$garbage",
    ]),
    ("style", &[
        "form", "deep", "space", "pipe", "brackets", "dots", "$value",
    ]),
    ("serde", &[
        "rename = $text", "rename ( serialize = $text , deserialize = $text )", "with = \"m\"",
        "serialize_with = \"m::f\"", "skip_serializing_if = \"Option::is_none\"", "with = $text", "flatten", "skip",
        "default", "default = $text", "alias = $text", "bound ( $garbage )", "borrow = \"'a\"", "flatten , $serde",
        "rename ( )", "$word = $value", "$serde , $serde",
    ]),
    ("generics", &[
        "", "< T >", "< 'a >", "< 'a : 'a , T : Clone + 'a , const N : usize >", "< T = u8 >",
        "< const N : usize = 1 >", "< 'a , T : ? Sized , U : Iterator < Item = T > >", "< T , >", "< >",
    ]),
    ("where", &[
        "", "", "", "where T : Clone", "where $type : Trait < $type > ,", "where for < 'b > & 'b T : Trait , 'a : 'a",
        "where",
    ]),
    ("type", &[
        "u8", "String", "T", "T :: Item", "< T as Trait > :: Item", "Option < $type >", "Vec < $type >",
        "Result < $type , $type >", "& 'a $type", "& 'a mut [ $type ]", "[ $type ; N ]", "[ $type ; { 1 + 1 } ]",
        "( )", "( $type , $type )", "( $type )", "dyn Trait < $type > + 'a", "impl Trait", "fn ( $type ) -> $type",
        "for < 'b > fn ( & 'b $type )", "* const $type", "!", "_", "m ! ( $garbage )", ":: std :: string :: String",
        "Secret < $type >", "Nullable < $type >", "bool", "PhantomData < fn ( ) -> $type >", "A < { N } , 'a , B = $type >", "Self",
        "Fn ( $type ) -> $type",
    ]),
    ("text", &[
        "\"a\"", "\"\"", "\"X-Trace\"", "\"Content-Type\"", "\"a b\"", "\"é\\n\\0\"", "\"a::b\"", "\"1 +\"", "\"(\"",
        "r\"Cookie\"", "\"a{n}\"", "\"a{b}\"", "c\"c\"", "b\"b\"", "\"authorization\"",
    ]),
    ("value", &[
        "$text", "1", "- 1.5", "true", "'c'", "b'c'", "1u8", "$word", "$type", "{ }", "concat ! ( \"/\" )", "| x | x",
        "",
    ]),
    ("word", &[
        "query", "methd", "path", "headr", "r#name", "crate", "self", "_", "part", "events", "type", "x", "none",
        "serialize", "été",
    ]),
    ("garbage", &[
        ",", "=", "$value", "$word", "$type", "( $keys )", "[ $options ]", "{ $fields }", "< , >", ">", "<", "->",
        "=>", "'a", "#", "$", "!", "::", "..", "; ;", "$place_attr", "$item", ",,",
    ]),
];

struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below `limit`, by xorshift.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let limit = u64::try_from(limit).expect("a limit is small");
        usize::try_from((self.0 >> 11) % limit).expect("it is below the limit")
    }

    fn expand(&mut self, rule: &str, depth: usize, text: &mut String) {
        let choices = lookup(GRAMMAR, rule).or_else(|| lookup(responses::GRAMMAR, rule));
        let choices = choices.expect("the grammar has no such rule");
        let choice = match depth {
            0 => 0,
            _ => self.below(choices.len()),
        };
        for word in choices[choice].split(' ') {
            match word.strip_prefix('$') {
                Some(rule) if !rule.is_empty() => self.expand(rule, depth.saturating_sub(1), text),
                _ => write!(text, "{word} ").expect("a string takes all"),
            }
        }
    }

    fn tokens(&mut self, rule: &str) -> TokenStream {
        let mut text = String::new();
        self.expand(rule, 9, &mut text);
        let tokens = text.parse();
        tokens.unwrap_or_else(|error| panic!("the grammar makes no tokens: {error}: {text}"))
    }

    /// Changes one token somewhere in the tree.
    fn mutate(&mut self, tokens: TokenStream) -> TokenStream {
        let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
        if trees.is_empty() {
            return self.tokens("garbage");
        }
        let at = self.below(trees.len());
        let groups: Vec<usize> = (0..trees.len())
            .filter(|index| matches!(trees[*index], TokenTree::Group(_)))
            .collect();
        if !groups.is_empty() && self.below(4) > 0 {
            let at = groups[self.below(groups.len())];
            if let TokenTree::Group(group) = &trees[at] {
                let delimiter = match self.below(20) {
                    0 => self.delimiter(),
                    _ => group.delimiter(),
                };
                let inside = self.mutate(group.stream());
                trees[at] = Group::new(delimiter, inside).into();
            }
            return trees.into_iter().collect();
        }
        let other = self.below(trees.len());
        match self.below(6) {
            0 => drop(trees.remove(at)),
            1 => trees.insert(other, trees[at].clone()),
            2 => trees.swap(at, other),
            3 => trees[at] = trees[other].clone(),
            4 => {
                let inside = trees[at].clone().into();
                trees[at] = Group::new(self.delimiter(), inside).into();
            }
            _ => {
                let garbage = self.tokens("garbage");
                trees.splice(at..=at, garbage);
            }
        }
        trees.into_iter().collect()
    }

    fn delimiter(&mut self) -> Delimiter {
        let all = [
            Delimiter::None,
            Delimiter::Parenthesis,
            Delimiter::Bracket,
            Delimiter::Brace,
        ];
        all[self.below(all.len())]
    }
}

type Derive = fn(&DeriveInput) -> TokenStream;

/// Whether the input was accepted; `None` if it is not an item.
fn run(derive: Derive, input: &TokenStream) -> Option<bool> {
    let item: DeriveInput = syn::parse2(input.clone()).ok()?;
    // rustc refuses the name before it calls a derive, syn does not.
    let mut names = item.generics.type_params().map(|param| &param.ident);
    if names.any(|name| name == "_") || item.generics.const_params().any(|param| param.ident == "_")
    {
        return None;
    }
    let expansion = derive(&item);
    let text = expansion.to_string();
    if let Err(error) = syn::parse2::<syn::File>(expansion) {
        panic!("the expansion is not Rust: {error}: {text}");
    }
    // What is wrong in a declaration that is read, the other derive reports.
    let is_refused = ["compile_error", "not_read"]
        .iter()
        .any(|word| text.contains(word));
    Some(!is_refused)
}

#[test]
fn requests() {
    fuzz(crate::request::derive, "good", "item");
}

#[test]
fn groups() {
    fuzz(crate::api_group::derive, "good_group", "group");
}

#[test]
fn requests_that_are_read() {
    fuzz(crate::from_http::derive, "good", "item");
    fuzz(crate::from_http::derive, "good_group", "group");
}

#[test]
fn errors() {
    fuzz(crate::api_error::derive, "good_error", "error");
}

#[test]
fn responses() {
    fuzz(
        crate::api_response::derive,
        "good_response",
        "response_item",
    );
}

#[test]
fn open_enums() {
    fuzz(crate::open_enum::derive, "good_enum", "enum");
}

fn fuzz(derive: Derive, good: &str, any: &str) {
    let inputs = std::env::var("FUZZ_INPUTS").map_or(2_000, |inputs| {
        inputs.parse().expect("`FUZZ_INPUTS` is not a number")
    });
    let (mut accepted, mut refused) = (0, 0);
    for number in 0..inputs {
        let mut random = Random::new(number);
        let rule = if number % 2 == 0 { good } else { any };
        let mut input = random.tokens(rule);
        for _ in 0..random.below(4) {
            input = random.mutate(input);
        }
        let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| run(derive, &input))) else {
            panic!("input {number}: {input}");
        };
        match outcome {
            Some(true) => accepted += 1,
            Some(false) => refused += 1,
            None => {}
        }
    }
    println!("{inputs} inputs: {accepted} accepted, {refused} refused, the others are not items");
    assert!(
        accepted > inputs / 20 && refused > inputs / 5,
        "too few of the inputs say anything: {accepted} accepted, {refused} refused"
    );
}
