/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ask.c - runs a pass and records how it was asked. */
#include <kith/pass.h>
#include <stddef.h>

kith_status
kith_ask(const kith_pass *pass, const kith_question *question, const void *options,
         kith_answer **out, kith_error *err)
{
    kith_answer *answer = kith_answer_new(pass->name);
    kith_status status;

    kith_answer_about(answer, question->graph, question->seed);
    kith_answer_parameters(answer, pass->options, options);
    status = pass->run(question, options, answer, err);
    if (status == KITH_OK || status == KITH_ERR_NOT_FOUND) {
        *out = answer;
        return status;
    }
    kith_answer_free(answer);
    *out = NULL;
    return status;
}
