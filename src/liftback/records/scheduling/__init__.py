"""Pure calendars: when a promise is due, which times are free, who may practise where, how far it is."""
