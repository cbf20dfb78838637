"""The kit. Every widget takes the `Theme` first and follows its changes.

base            PaintedButton (base of painted controls), Label, ElidedLabel, Surface, Rule, repolish
button          Button (seven kinds, three sizes), IconButton
schedule_button ScheduleButton (ready, not ready with count, scheduled, embargo, working)
channel_chip    ChannelChip (meter, Off, Sign in, three densities)
pill            StatusPill, TopicChip, TopicMarker, ChannelTile, CountBadge, KeyCap, RingMeter
controls        Switch, CheckItem, SegmentedControl, PaneTabs
nav_rail        NavRail, RailItem, AgentBlock
finding_card    FindingCard (row and open card), ReasonForm, RouteForm
field           SearchField (with key caps), Field (label, field, help or problem)
message         Banner, EmptyState, SectionHeader
overlay         Popover, Toast, paint_shadow
focus_ring      FocusRing, one per window
paint           painted parts for widgets and delegates: paint_pill, paint_topic_marker, paint_channel_tile, …
"""
