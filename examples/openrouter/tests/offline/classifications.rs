//! What models are used for.

use openrouter::classifications::{ClassificationWindow, GetTaskClassifications};

use crate::start;

#[tokio::test]
async fn each_task_has_its_share_of_its_group() {
    let (_fake, api) = start().await;
    let mut get = GetTaskClassifications {
        window: Some(ClassificationWindow::V7d),
    };
    let shares = api.send(&get).await.unwrap().data;
    assert_eq!(shares.window_days, 7);
    for group in &shares.macro_categories {
        let tasks = shares.classifications.iter();
        let tasks = tasks.filter(|task| task.macro_category == group.key);
        let sum: f64 = tasks.map(|task| task.usage_share).sum();
        assert!((sum - group.usage_share).abs() < 1e-9, "{group:?}");
    }
    get.window = Some("30d".into());
    let error = api.send(&get).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
}
