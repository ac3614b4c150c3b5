/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nickname.c - short forms of English given names; the usual ones, from baptismal practice, not
 * from any data set. */
#include "base/nickname.h"
#include "base/base.h"
#include <string.h>

/* Sorted by nickname. Several lines for one nickname: it may stand for any of them, and is not
 * spelled out. */
static const struct {
    const char *nick, *formal;
} names[] = {
    {"abby", "abigail"},      {"al", "alan"},           {"al", "albert"},
    {"al", "alfred"},         {"alex", "alexander"},    {"alex", "alexandra"},
    {"alf", "alfred"},        {"alfie", "alfred"},      {"andy", "andrew"},
    {"angie", "angela"},      {"annie", "ann"},         {"annie", "anna"},
    {"annie", "anne"},        {"archie", "archibald"},  {"barb", "barbara"},
    {"becky", "rebecca"},     {"ben", "benjamin"},      {"benny", "benjamin"},
    {"bert", "albert"},       {"bert", "robert"},       {"bertie", "albert"},
    {"bess", "elizabeth"},    {"beth", "elizabeth"},    {"betsy", "elizabeth"},
    {"betty", "elizabeth"},   {"bill", "william"},      {"billy", "william"},
    {"bob", "robert"},        {"bobby", "robert"},      {"brad", "bradley"},
    {"cath", "catherine"},    {"cathy", "catherine"},   {"charlie", "charles"},
    {"charlie", "charlotte"}, {"chas", "charles"},      {"chris", "christina"},
    {"chris", "christine"},   {"chris", "christopher"}, {"chrissie", "christine"},
    {"chuck", "charles"},     {"cindy", "cynthia"},     {"connie", "constance"},
    {"dan", "daniel"},        {"danny", "daniel"},      {"dave", "david"},
    {"davy", "david"},        {"deb", "deborah"},       {"debbie", "deborah"},
    {"dick", "richard"},      {"don", "donald"},        {"dot", "dorothy"},
    {"doug", "douglas"},      {"ed", "edmund"},         {"ed", "edward"},
    {"ed", "edwin"},          {"eddie", "edward"},      {"ellie", "eleanor"},
    {"fran", "frances"},      {"fran", "francis"},      {"frank", "francis"},
    {"fred", "frederick"},    {"freddie", "frederick"}, {"gabe", "gabriel"},
    {"gene", "eugene"},       {"geoff", "geoffrey"},    {"ginny", "virginia"},
    {"greg", "gregory"},      {"hank", "henry"},        {"harry", "harold"},
    {"harry", "henry"},       {"jack", "john"},         {"jake", "jacob"},
    {"jan", "janet"},         {"jan", "janice"},        {"jeff", "jeffrey"},
    {"jen", "jennifer"},      {"jenny", "jennifer"},    {"jerry", "gerald"},
    {"jerry", "jeremy"},      {"jess", "jessica"},      {"jim", "james"},
    {"jimmy", "james"},       {"jo", "joanna"},         {"jo", "joanne"},
    {"jo", "josephine"},      {"joe", "joseph"},        {"joey", "joseph"},
    {"johnny", "john"},       {"jon", "jonathan"},      {"josh", "joshua"},
    {"judy", "judith"},       {"kate", "catherine"},    {"kate", "katherine"},
    {"kathy", "katherine"},   {"katie", "catherine"},   {"katie", "katherine"},
    {"ken", "kenneth"},       {"kenny", "kenneth"},     {"kim", "kimberly"},
    {"larry", "lawrence"},    {"len", "leonard"},       {"leo", "leonard"},
    {"leo", "leonardo"},      {"libby", "elizabeth"},   {"liz", "elizabeth"},
    {"lizzie", "elizabeth"},  {"lizzy", "elizabeth"},   {"lou", "louis"},
    {"lou", "louise"},        {"maggie", "margaret"},   {"mandy", "amanda"},
    {"marge", "margaret"},    {"matt", "matthew"},      {"max", "maximilian"},
    {"max", "maxwell"},       {"meg", "margaret"},      {"mel", "melanie"},
    {"mel", "melvin"},        {"mick", "michael"},      {"mickey", "michael"},
    {"mike", "michael"},      {"mikey", "michael"},     {"millie", "mildred"},
    {"nate", "nathan"},       {"nate", "nathaniel"},    {"ned", "edward"},
    {"nell", "eleanor"},      {"nick", "nicholas"},     {"nicky", "nicholas"},
    {"nicky", "nicola"},      {"pam", "pamela"},        {"pat", "patricia"},
    {"pat", "patrick"},       {"patty", "patricia"},    {"peggy", "margaret"},
    {"pete", "peter"},        {"phil", "philip"},       {"phil", "phillip"},
    {"ray", "raymond"},       {"rich", "richard"},      {"rick", "richard"},
    {"ricky", "richard"},     {"rob", "robert"},        {"robbie", "robert"},
    {"rod", "rodney"},        {"ron", "ronald"},        {"ronnie", "ronald"},
    {"sam", "samantha"},      {"sam", "samuel"},        {"sammy", "samuel"},
    {"sandy", "alexander"},   {"sandy", "sandra"},      {"stan", "stanley"},
    {"steve", "stephen"},     {"steve", "steven"},      {"stu", "stuart"},
    {"sue", "susan"},         {"suzy", "susan"},        {"ted", "edward"},
    {"ted", "theodore"},      {"terry", "terence"},     {"terry", "theresa"},
    {"tess", "theresa"},      {"theo", "theodore"},     {"tim", "timothy"},
    {"timmy", "timothy"},     {"toby", "tobias"},       {"tom", "thomas"},
    {"tommy", "thomas"},      {"tony", "anthony"},      {"trish", "patricia"},
    {"val", "valerie"},       {"vicky", "victoria"},    {"vince", "vincent"},
    {"wally", "walter"},      {"walt", "walter"},       {"will", "william"},
    {"willie", "william"},    {"zach", "zachary"},      {"zack", "zachary"},
};

static size_t
first_of(const char *nick)
{
    size_t low = 0, high = G_N_ELEMENTS(names);

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (strcmp(names[middle].nick, nick) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
is_nick(size_t i, const char *nick)
{
    return i < G_N_ELEMENTS(names) && strcmp(names[i].nick, nick) == 0;
}

const char *
kith_nickname_formal(const char *folded)
{
    size_t i = first_of(folded);

    return is_nick(i, folded) && !is_nick(i + 1, folded) ? names[i].formal : NULL;
}

static bool
stands_for(const char *nick, const char *formal)
{
    for (size_t i = first_of(nick); is_nick(i, nick); i++)
        if (strcmp(names[i].formal, formal) == 0)
            return true;
    return false;
}

bool
kith_nickname_agree(const char *a, const char *b)
{
    if (strcmp(a, b) == 0 || stands_for(a, b) || stands_for(b, a))
        return true;
    for (size_t i = first_of(a); is_nick(i, a); i++)
        if (stands_for(b, names[i].formal))
            return true;
    return false;
}
