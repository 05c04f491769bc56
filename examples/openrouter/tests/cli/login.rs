//! `auth login`: a key by the PKCE flow.

use std::io::{BufRead, BufReader, Read};

use openrouter::{api_keys::ListKeys, fake::Fake};

use crate::program;

#[tokio::test]
async fn a_user_lets_the_program_in_and_it_prints_the_key() {
    let fake = Fake::start().await.unwrap();
    let base = fake.base_url();
    let mut running = program(&["auth", "login", "--base-url", &base])
        .spawn()
        .unwrap();
    let mut errors = BufReader::new(running.stderr.take().unwrap()).lines();
    let page = errors.nth(1).unwrap().unwrap();
    // The browser of a user who says yes.
    let answer = reqwest::get(&page).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.unwrap().contains("You are in."));
    // The stand-in has to answer while the program is waited for.
    let ended = tokio::task::spawn_blocking(move || {
        let mut output = String::new();
        running
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut output)
            .unwrap();
        (running.wait().unwrap(), output)
    });
    let (status, key) = ended.await.unwrap();
    assert!(status.success());
    let client = api_request::Client::builder(base)
        .bearer(key.trim())
        .build()
        .unwrap();
    let keys = client.send(&ListKeys::default()).await.unwrap();
    assert_eq!(keys.data.len(), 2);
}

#[tokio::test]
async fn a_user_who_says_no_gets_no_key() {
    let fake = Fake::start().await.unwrap();
    let base = fake.base_url();
    let mut running = program(&["auth", "login", "--base-url", &base])
        .spawn()
        .unwrap();
    let mut errors = BufReader::new(running.stderr.take().unwrap()).lines();
    let page = url::Url::parse(&errors.nth(1).unwrap().unwrap()).unwrap();
    let (_, callback) = page
        .query_pairs()
        .find(|(name, _)| name == "callback_url")
        .unwrap();
    let answer = reqwest::get(format!("{callback}?error=access_denied"))
        .await
        .unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(
        errors.next().unwrap().unwrap(),
        "error: the page says `access_denied`"
    );
    assert_eq!(running.wait().unwrap().code(), Some(1));
}
