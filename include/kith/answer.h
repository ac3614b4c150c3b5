/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answer.h - one question answered: its tables, its notes, and all that is needed to ask it again.
 *
 * A document is one or several answers, with or without the graph they are about; every report
 * writes any document.
 */
#ifndef KITH_ANSWER_H
#define KITH_ANSWER_H

#include <kith/graph.h>
#include <kith/option.h>
#include <kith/table.h>

KITH_BEGIN_DECLS

typedef struct kith_answer kith_answer;
typedef struct kith_document kith_document;

/** A new answer to a question such as "intro". @return yours; kith_answer_free() */
KITH_API kith_answer *kith_answer_new(const char *question);
/** Frees the answer with its tables; NULL is fine. */
KITH_API void kith_answer_free(kith_answer *answer);

/** Adds a table; columns are borrowed and must be static. @return borrowed, dies with the answer */
KITH_API kith_table *kith_answer_table(kith_answer *answer, const char *name,
                                       const kith_column *columns, int64_t n);
/** Adds a note for the reader: one sentence, no line breaks. */
KITH_API void kith_answer_note(kith_answer *answer, const char *format, ...) KITH_PRINTF(2, 3);
/** Records a parameter as printed in the output: from an option table, or one by one. */
KITH_API void kith_answer_parameters(kith_answer *answer, const kith_option *table,
                                     const void *values);
KITH_API void kith_answer_parameter(kith_answer *answer, const char *name, kith_option_type type,
                                    const char *text);
/** Records the seed, and as-of moment and sources of the graph the answer is about; NULL when it is about none. */
KITH_API void kith_answer_about(kith_answer *answer, const kith_graph *graph, int64_t seed);

/** The question answered, "intro". */
KITH_API const char *kith_answer_question(const kith_answer *answer);
/** The as-of moment; KITH_TIME_NONE when the answer is about no graph. */
KITH_API kith_time kith_answer_as_of(const kith_answer *answer);
/** The seed of every random draw. */
KITH_API int64_t kith_answer_seed(const kith_answer *answer);
/** How many tables there are. */
KITH_API int64_t kith_answer_tables(const kith_answer *answer);
/** The i-th table, NULL past the end. */
KITH_API const kith_table *kith_answer_table_at(const kith_answer *answer, int64_t i);
/** A table by name, NULL when there is none. */
KITH_API const kith_table *kith_answer_find_table(const kith_answer *answer, const char *name);
/** How many notes there are. */
KITH_API int64_t kith_answer_notes(const kith_answer *answer);
/** The i-th note, NULL past the end. */
KITH_API const char *kith_answer_note_at(const kith_answer *answer, int64_t i);
/** How many parameters were recorded. */
KITH_API int64_t kith_answer_parameter_count(const kith_answer *answer);
/** The i-th parameter: its name, its type and its value as text ("" when unset). */
KITH_API void kith_answer_parameter_at(const kith_answer *answer, int64_t i, const char **name,
                                       kith_option_type *type, const char **text);
/** How many sources went into the answer. */
KITH_API int64_t kith_answer_sources(const kith_answer *answer);
/** The i-th source; its texts live as long as the answer. */
KITH_API void kith_answer_source(const kith_answer *answer, int64_t i, kith_source_info *out);

/** A document. @param graph may be NULL; borrowed, must outlive the document @return yours */
KITH_API kith_document *kith_document_new(const char *title, const kith_graph *graph);
/** Frees the document with its answers, not its graph; NULL is fine. */
KITH_API void kith_document_free(kith_document *document);
/** Adds an answer; the document takes it over. */
KITH_API void kith_document_add(kith_document *document, kith_answer *answer);
/** The heading. */
KITH_API const char *kith_document_title(const kith_document *document);
/** The graph the answers are about, or NULL. */
KITH_API const kith_graph *kith_document_graph(const kith_document *document);
/** How many answers there are. */
KITH_API int64_t kith_document_answers(const kith_document *document);
/** The i-th answer, NULL past the end. */
KITH_API const kith_answer *kith_document_answer(const kith_document *document, int64_t i);

KITH_END_DECLS
#endif
