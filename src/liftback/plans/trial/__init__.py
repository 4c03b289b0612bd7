"""The simulated trial: invented lifters follow the plan and four other ways back, in worlds that are right and wrong.

Nothing here is evidence that anybody gets better. It is a test of the plan's rules: whether they hold up where the
trajectory model is right, and where it is wrong about how a back answers to load.

| module | holds |
|---|---|
| `chance` | the numbers that chance brings each lifter, from a seed; the only place where any are drawn |
| `worlds` | how an invented back answers to what is done: the own world and three that share nothing of its form |
| `programme` | the usual week of every invented lifter, as a log and as doses |
| `policies` | the four rivals: rest, the old programme, equal steps, a tenth more each week |
| `follows` | a lifter who follows the plan, made by the same code as everybody's |
| `running` | one lifter under one policy, day by day |
| `scores` | days to full load, flares, weeks kept and mean pain, with intervals |
"""
