"""What each network does with a text: how it is counted, what becomes a link, how it is written and split.

Pure rules on plain strings; every offset is in code points. No file, no clock, no network. All functions
may be called from any thread.

- `entities`: links, hashtags, mentions and cashtags as X finds them (`urls` has the links)
- `weighted`: X's weighted length; `emoji` says what counts as one emoji
- `validate`: whether one link, hashtag, name or list is well formed for X
- `little`: LinkedIn's text format
- `thread`: splitting a text into the posts of a thread
- `measure`: the one question the editor, the command line and the gate ask
"""
