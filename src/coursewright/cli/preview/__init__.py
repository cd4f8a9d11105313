"""The preview: plays packages on this machine, as a learner would meet them in an LMS."""
