"""E-mails: written once, kept until they are sent, without a word about health."""
