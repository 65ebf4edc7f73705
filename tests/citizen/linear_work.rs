//! The daily work by plain lines: marks, lists, plans, evenings, weeks, items of the reader's own.

use crate::linear::{has, piped, told, told_by, told_lines, told_of_evenings, told_of_the_tour};

#[test]
fn the_main_job_can_be_done_by_lines_and_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let (first, taught_in) = (course.stop_first.unwrap(), course.items[0].lesson);
    let title = |lesson: usize| format!("{}: {}", lesson + 1, course.lessons[lesson].title());
    let text = told(
        folder.path(),
        &format!(
            "list\nread {}\n\nsearch begg\ngo 1\nitems\nmark 1 kept\nmark 2 slipped\nmark 3 did not arise\nwhy 1\nfirst\nhelp letters\nquit\nlist\n",
            first + 1
        ),
    );
    let parts = [
        "You are in lesson 1, Start here.",
        "Part: ",
        &title(first).replacen(':', ".", 1),
        &format!("Lesson: {}", course.lessons[first].title()),
        "Enter goes on.",
        " found.\n1. In ",
        "The checklist of Sunday, 22 November 2026.\nTo avoid:\nAsking and promising.\n\
         1. I did not beg or plead: not recorded",
        "Sunday, 22 November. I did not beg or plead: kept.\nSaved.",
        ": slipped.\nSaved.",
        ": did not arise.\nSaved.",
        "Instead: ",
        &format!("Taught in lesson {}", title(taught_in)),
        "One letter does for some",
    ];
    has(&text, &parts);
    assert_eq!(text.matches("1. Start here").count(), 1, "it went on after quit");
    let text = told(folder.path(), "i\nd yesterday\nm 1 d\nd\nm 1 c\nday 2026-11-20\ni\n");
    has(
        &text,
        &[
            "1. I did not beg or plead: kept",
            "Saturday, 21 November. I did not beg or plead: did not arise.\nSaved.",
        ],
    );
    has(
        &text,
        &[
            "Sunday, 22 November. I did not beg or plead: not recorded.\nSaved.",
            "The checklist of Friday, 20 November",
        ],
    );
    assert!(!text.contains("You are in lesson 1,"), "the place is lost: {text}");
}

#[test]
fn three_lines_a_plan_an_own_item_and_a_list_are_written_by_lines_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_lines(
        folder.path(),
        &[
            "evening",
            "He called late",
            "I let him speak.",
            "",
            "evening",
            "stop",
            "items",
            "plan 1",
            "he shouts",
            "I go out",
        ],
    );
    let parts = [
        "Three lines about Sunday, 22 November.",
        "What happened?",
        "He called late.\nSaved.\nWhat did I do?\n",
        "I let him speak.\nSaved.\nWhat next?\n",
        "That was the last of the three.",
        "What happened? Now: He called late. Enter leaves it",
        "If what happens?",
        "Then what do you do?",
        "If he shouts, then I go out.\nSaved.",
    ];
    has(&text, &parts);
    let text = told_lines(
        folder.path(),
        &[
            "add",
            "a",
            "I did not shout",
            "",
            "I went out.",
            "",
            "",
            "items",
            "mark 1 kept",
            "undo",
            "undo",
            "items",
            "redo",
        ],
    );
    let parts = [
        "Is it to avoid, or to embrace?",
        "What will you do instead?",
        "A few words are needed.",
        "Under a heading, if you like. There are: ",
        "How often? Write daily, 3 a week, or days such as mon thu. Enter: every day.",
        "On your list now: I did not shout.",
        "Your list, 0 of 1 kept.\nTo avoid:\n1. I did not shout: not recorded.\nThere are ",
        " more that are not on your list: items all.",
        "I did not shout: kept.\nSaved.",
        "Undone. Now: Sunday, 22 November. I did not shout: not recorded.\nSaved.",
        "Undone. Now: I did not shout: not on your list. I did not shout: retired.\nSaved.",
        "Redone. Now: I did not shout. How often: daily. I did not shout: on your list.\nSaved.",
    ];
    has(&text, &parts);
    let text = told_lines(
        folder.path(),
        &["items", "why 1", "items all", "* 3", "retire 1", "d yesterday", "x 1", "d"],
    );
    let parts = [
        "1. I did not shout: not recorded.",
        "Instead: I went out.",
        "Not on your list:\nTo avoid:\nAsking and promising.\n2. I did not beg or plead: ",
        "On your list now: ",
        "Retired: I did not shout. Its marks stay; undo brings it back.\nSaved.",
        "Saturday, 21 November 2026. On your list, 0 of 1 kept. items and marks are of this day until you say today.",
        "Today, Sunday, 22 November 2026.",
    ];
    has(&text, &parts);
    assert!(!text.contains("..\n") && !text.contains(".. "), "a sentence ends twice: {text}");
}

#[test]
fn today_is_told_and_done_by_lines() {
    let folder = tempfile::tempdir().unwrap();
    let text = told(folder.path(), "today\n");
    has(
        &text,
        &[
            "Sunday, 22 November 2026.\nYour list is empty. Three items are enough to begin with.\nstar ",
            "puts the first of these on it; items all tells all of them.\n",
            "The day in three lines: evening writes them.\nWhat happened? nothing yet.\n",
            "To read: lesson 1, Start here, ",
            "read 1 opens it.",
        ],
    );
    let number = text.split_once("\nstar ").unwrap().1.split(' ').next().unwrap();
    let commands = format!(
        "today\nstar {number}\ntoday\nplan 1\nhe shouts\nI go out\nevening\nHe called late\nstop\nt\nx 1\nt\n"
    );
    let text = told(folder.path(), &commands);
    has(
        &text,
        &[
            ": not recorded.\nThe day in three lines",
            ": not recorded. If he shouts, then I go out.\n",
            "What happened? He called late.\nWhat did I do? nothing yet.\n",
            ": kept. Kept on 1 of the last 7 days.\nThe day in three lines",
        ],
    );
    // Whoever wants to begin with it hears it behind the first words.
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "start = \"today\"\n").unwrap();
    let text = told_by(piped(folder.path()).arg("--config").arg(&config), "");
    has(&text, &["help lists the commands.\nSunday, 22 November 2026.\nTo "]);
}

#[test]
fn the_weeks_the_self_check_and_links_are_told_by_lines() {
    let folder = tempfile::tempdir().unwrap();
    let course = sidelight::course::Course::built_in("reconcile").unwrap();
    let commands = ["review", "items", "x 1", "! 2", "day -3", "x 1", "review", "review 7"];
    let text = told_lines(folder.path(), &commands);
    let parts = [
        "Nothing is marked yet.",
        "The last 4 weeks, from Monday, 26 October.",
        "I did not beg or plead: 2 kept, 0 slipped, 0 did not arise; kept on 2 of the last 7 days.",
        "The week from 16 November: avoid 2 of 3 kept.",
        "Say review, review 12 or review 52.",
    ];
    has(&text, &parts);
    // The first answer to each question about safety is yes: it leads to the page to read first.
    let text =
        told_lines(folder.path(), &["where", "9", "1", "nonsense", "first", "where", "back", "2", "stop"]);
    let guide = course.guide().unwrap();
    let parts = [
        &format!("Question 1. {}", guide.questions[guide.start].text),
        "Say a number from 1 to ",
        "An order in which to read:",
        "first opens the page to read first.",
        "The question is put aside.",
        "Question 2. ",
        "Left.\n",
    ];
    has(&text, &parts);
    assert!(!text.contains("Saved."), "an answer is saved: {text}");
    let text = told_lines(
        folder.path(),
        &["where", "2", "2", "2", "2", "2", "2", "1", "1", "1", "1", "use", "items"],
    );
    assert!(text.contains("Your list, ") || text.contains("Question "), "{text}");
    let page = folder.path().join("page.md");
    std::fs::write(
        &page,
        "# Page\n\nSee [there](#there) and [a](https://a.example/).\n\n## There\n\nHere.\n",
    )
    .unwrap();
    let mut command = piped(folder.path());
    let text = told_by(command.arg(&page), "r 1\nlinks\nlink 2\nlink 9\nlink 1\n");
    let parts = [
        "It has 2 links: links.",
        "1. To lesson 1, Page.\n2. To the web: https://a.example/\n",
        "Say the number of a link",
        "Heading: There",
        "End of the lesson. It is the last one.",
    ];
    has(&text, &parts);
}

#[test]
fn the_plan_by_weeks_is_begun_followed_and_left_by_lines() {
    let folder = tempfile::tempdir().unwrap();
    let commands = [
        "plan",
        "week 2",
        "week items",
        "week items",
        "undo",
        "plan",
        "week 9",
        "week leave",
        "week leave",
        "undo",
    ];
    let text = told_of_evenings(folder.path(), &commands);
    let parts = [
        "The plan by weeks. A week takes as long as you take. week 1 begins it.\n1. Light: 0 of 1 lessons read.",
        "You are in week 2 of 3: People.\nTo read:\nlesson 4, The people around you.\nlesson 1, Right now.\n\
         To practise:\nI began no quarrel after nine.\nI called somebody.\n\
         To look back on at its end: Whom will you call again?\nSaved.",
        "On your list now: 2 more. items tells their numbers.\nSaved.",
        "They are on your list already.",
        "The plan by weeks. You are in week 2 of 3: People.",
        "Say week and a number from 1 to 3, week items, or week leave.",
        "You have left the plan. What you read and marked stays.\nSaved.",
        "You are in no week of the plan. week 1 begins it.",
    ];
    has(&text, &parts);
    has(&told_of_evenings(folder.path(), &["plan"]), &["You are in week 2 of 3: People."]);
    let other = tempfile::tempdir().unwrap();
    has(&told_of_the_tour(other.path(), &["plan", "week 1"]), &["This course has no plan by weeks."]);
    // What it says of a key is told as the word that does the same.
    let text = told_lines(other.path(), &["week 2"]);
    assert!(text.contains(" and say s.\nSaved.") && !text.contains("press s"), "{text}");
    // The self-check leads to it.
    let text = told_of_evenings(folder.path(), &["where", "1", "1", "plan"]);
    has(&text, &["plan tells the plan by weeks.", "The plan by weeks. You are in"]);
}

#[test]
fn a_new_item_is_asked_for_its_heading_and_its_rhythm() {
    let folder = tempfile::tempdir().unwrap();
    let commands = ["add", "e", "I swam", "Body", "now and then", "mon thu", "items", "undo", "items"];
    let text = told_of_evenings(folder.path(), &commands);
    let parts = [
        "On your list now: I swam.\n\
         Saved.\nUnder a heading, if you like. There are: Screens, People, Body. Enter: none.\n\
         I swam. Under now: Body.\nSaved.\n\
         How often? Write daily, 3 a week, or days such as mon thu. Enter: every day.\n\
         That is not a rhythm. Write daily, 3 a week, or days such as mon thu.\n\
         I swam. How often now: Mondays and Thursdays. items tells its number.\nSaved.",
        "Body.\n1. I swam: not recorded. Mondays and Thursdays: 0 of 2 this week.",
        "Undone. Now: I swam. Under Body. How often: daily.\nSaved.",
    ];
    has(&text, &parts);
    // It is there wherever the questions end.
    let other = tempfile::tempdir().unwrap();
    told_of_evenings(other.path(), &["add", "e", "I sang"]);
    has(&told_of_evenings(other.path(), &["items"]), &["I sang: not recorded."]);
}

#[test]
fn another_day_is_told_in_words_that_are_true_on_that_day() {
    let folder = tempfile::tempdir().unwrap();
    let commands = ["items", "star 6", "star 1", "day 2026-11-10", "items", "x 1", "x 2", "items", "today"];
    let text = told_of_evenings(folder.path(), &commands);
    let (then, now) = text.rsplit_once("Sunday, 22 November 2026.").unwrap();
    has(then, &["The checklist of Tuesday, 10 November 2026.", "kept. 1 of 3 that week."]);
    has(now, &["Kept on 0 of 3 this week."]);
    assert!(!now.contains("that week") && !now.contains("up to then"), "{now}");
}

#[test]
fn the_page_to_print_is_told_by_lines() {
    let folder = tempfile::tempdir().unwrap();
    let commands = ["items", "star 6", "plan 6", "it rains", "I walk in the hall", "page"];
    let text = told_of_evenings(folder.path(), &commands);
    has(
        &text,
        &[
            "Your page, as it is today. sidelight --course PATH report --page prints it; PATH is where this \
             course is.\nRight now:\n1. ",
            "What I want to do:\nBody.\nI walked for half an hour (3 times a week).\n\
             If it rains, then I walk in the hall.",
        ],
    );
}

#[test]
fn groups_and_rhythms_are_told_with_the_items() {
    let folder = tempfile::tempdir().unwrap();
    let text = told_of_evenings(folder.path(), &["items", "mark 6 kept", "items"]);
    let parts = [
        "To avoid:\n1. I drank no coffee after lunch: not recorded.\nScreens.\n2. I looked at no screen",
        "Body.\n6. I walked for half an hour: not recorded. 0 of 3 this week.",
        "People.\n7. I called somebody: not recorded. Mondays and Thursdays: 0 of 2 this week.",
        "6. I walked for half an hour: kept. 1 of 3 this week.",
    ];
    has(&text, &parts);
    let commands = [
        "add",
        "e",
        "I swam",
        "",
        "",
        "items",
        "often 1 tue fri",
        "under 1 Body",
        "items",
        "often 1 now and then",
        "often 1",
        "items all",
        "often 2 daily",
        "often 2",
    ];
    let text = told_of_evenings(folder.path(), &commands);
    let parts = [
        "I swam. How often now: Tuesdays and Fridays.\nSaved.",
        "I swam. Under now: Body.\nSaved.",
        "Body.\n1. I swam: not recorded. Tuesdays and Fridays: 0 of 2 this week.",
        "Write daily, 3 a week, or days such as mon thu.",
        "I swam. How often: Tuesdays and Fridays. To change it: often 1 3 a week.",
        "The course's own items stay as they are.",
        " How often: daily.\n",
    ];
    has(&text, &parts);
    assert_eq!(text.matches("I swam. How often now").count(), 1, "a number alone changed it\n{text}");
    let review = told_of_evenings(folder.path(), &["review"]);
    has(
        &review,
        &["I walked for half an hour: 1 kept, 0 not today, 0 did not arise; kept 1 of 3 this week."],
    );
}

#[test]
fn before_the_items_are_told_no_number_stands_for_one() {
    let refused = "Say items first: a number stands for an item once it was told.\n";
    let folder = tempfile::tempdir().unwrap();
    let marks = ["star 20", "mark 1 slipped", "x 31", "! 2 yesterday", "- 1"];
    let others = ["why 1", "plan 1", "retire 1", "often 1", "under 1 Body"];
    let text = told_lines(folder.path(), &[&marks[..], &others].concat());
    assert_eq!(text.matches(refused).count(), marks.len() + others.len(), "{text}");
    assert!(!text.contains("Saved."), "{text}");
    // A number that was told keeps its item; a shorter list gives none to what was not told.
    let text = told_lines(folder.path(), &["items", "star 20", "day monday", "mark 1 slipped"]);
    has(
        &text,
        &["On your list, 0 of 1 kept.", "Monday, 16 November. I did not beg or plead: slipped.\nSaved."],
    );
    let text = told_lines(folder.path(), &["items", "mark 2 kept"]);
    has(&text, &["Say a number that was told to you, from 1 to 1. items all tells those of all items."]);
    assert!(!text.contains("Saved."), "{text}");
}
