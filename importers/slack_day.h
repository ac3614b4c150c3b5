/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slack_day.h - one day of one Slack channel. */
#ifndef KITH_IMPORTERS_SLACK_DAY_H
#define KITH_IMPORTERS_SLACK_DAY_H

#include "social.h"

/** The topic of a channel by its name, which is the folder its days are in. */
kith_mention kith_slack_channel(kith_social *s, const char *name);

/** Reads the messages of a day. */
kith_status kith_slack_day(kith_social *s, const kith_json_value *messages, kith_error *err);

#endif
