/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outlook_contacts.c - the address book of Outlook, of the desktop program and of the web.
 *
 *     "Title","First Name",…,"Company",…,"Job Title",…,"E-mail Address",…,"Manager's Name",…,"Referred By",…,"Spouse"
 *
 * "Title" is Mr or Ms here. Managers, referrers and spouses are names: they are somebody when one card of the file says so.
 *
 * Outlook writes its headers in the language it speaks, some of them only half: the words below are English, German,
 * French, Spanish, Italian, Dutch, Portuguese (Brazil, Portugal), Danish, Norwegian and Polish, as header words are
 * folded. The French "Titre" is both Mr and the position, so it is kept as it is.
 */
#include "profile.h"

static const kith_profile_column columns[] = {
    {KITH_FIELD_GIVEN, "first name|vorname|prenom|nombre|nome|voornaam|primeiro nome|fornavn|imie",
     NULL},
    {KITH_FIELD_FAMILY,
     "last name|nachname|nom|apellidos|cognome|achternaam|sobrenome|apelido|efternavn|etternavn|"
     "nazwisko",
     NULL},
    {KITH_FIELD_EMAIL,
     "e mail address|e mail # address|e mail adresse|e mail # adresse|adresse de messagerie|"
     "adresse de messagerie #|direccion de correo electronico|direccion de correo electronico #|"
     "direccion del correo electronico #|indirizzo posta elettronica|indirizzo posta elettronica #|"
     "e mailadres|e mailadres #|endereco de email|endereco de email #|endereco de e mail|"
     "endereco de correio electronico|endereco do correio electronico #|e postadresse|"
     "e postadresse #|adres e mail|adres e mail #",
     NULL},
    {KITH_FIELD_PHONE,
     "mobile phone|primary phone|business phone|business phone #|home phone|home phone #|"
     "other phone|car phone|mobiltelefon|mobiltelefon #|haupttelefon|telefon geschaftlich|"
     "telefon geschaftlich #|telefon privat|telefon privat #|weiteres telefon|autotelefon|"
     "tel mobile|telephone principal|telephone bureau|telephone # bureau|telephone domicile|"
     "telephone # domicile|telephone autre|telefono movil|movil|telefono principal|"
     "telefono del trabajo|telefono del trabajo #|particular|otro telefono|cellulare|ufficio|"
     "ufficio #|abitazione|abitazione #|telefono principale|altro telefono|mobiele telefoon|"
     "telefoon op werk|telefoon op werk #|telefoon thuis|telefoon thuis #|ander telefoonnummer|"
     "telefone celular|telemovel|telefone comercial|telefone comercial #|telefone residencial|"
     "telefone da empresa|telefone da residencia|telefone principal|outro telefone|"
     "telefon arbejde|telefon # arbejde|telefon privat|primaer telefon|telefon arb|telefon # arb|"
     "telefon priv|telefon # priv|hovedtelefon|telefon komorkowy|telefon sluzbowy|"
     "telefon sluzbowy #|telefon domowy|telefon domowy #|telefon podstawowy",
     NULL},
    {KITH_FIELD_URL,
     "web page|personal web page|webseite|page web|pagina web|webpagina|pagina da web|"
     "pagina na web|webside|strona sieci web",
     NULL},
    {KITH_FIELD_COMPANY, "company|firma|societe|empresa|organizacion|compania|societa|bedrijf",
     NULL},
    {KITH_FIELD_TITLE,
     "job title|position|fonction|puesto|posizione|functie|cargo|stilling|stanowisko", NULL},
    {KITH_FIELD_LABELS,
     "categories|kategorien|categorias|categorie|categorieen|kategorier|kategorie", "labels"},
    {KITH_FIELD_RELATION,
     "manager s name|name des der vorgesetzten|responsable|nombre del director|nome manager|"
     "naam manager|nome do gerenciador|nome do gestor|navn pa overordnet|overordnedes navn|"
     "menedzer",
     "manager"},
    {KITH_FIELD_RELATION,
     "referred by|empfohlen von|recommande par|recomendado por|presentato da|verwezen door|"
     "indicado por|referido por|henvist af|polecony przez",
     "referred by"},
    {KITH_FIELD_RELATION,
     "spouse|partner|conjoint e|conyuge|nome coniuge partner|conjuge|aegtefaelle|ektefelle|"
     "wspolmalzonek",
     "spouse"},
    {KITH_FIELD_RELATION,
     "assistant s name|name assistent|nom de l assistant e|nombre del ayudante|nome assistente|"
     "naam assistent|nome do assistente|assistentens navn|imie i nazwisko asystenta",
     "assistant"},
    {KITH_FIELD_IGNORED,
     "gender|title|suffix|e mail type|e mail # type|e mail display name|e mail # display name|"
     "priority|private|sensitivity|geschlecht|anrede|e mail typ|e mail # typ|"
     "e mail angezeigter name|e mail # angezeigter name|prioritat|privat|vertraulichkeit|sexe|"
     "suffixe|type de messagerie|type de messagerie #|nom complet de l adresse de messagerie|"
     "nom complet de l adresse de messagerie #|priorite|prive|critere de diffusion|genero|"
     "tipo de correo electronico #|nombre de pantalla de correo electronico|"
     "nombre de pantalla de correo electronico #|prioridad|confidencialidad|sesso|"
     "tipo posta elettronica|tipo posta elettronica #|nome visualizzato posta elettronica|"
     "nome visualizzato posta elettronica #|priorita|privato|riservatezza|geslacht|"
     "e mail weergegeven naam|e mail weergegeven naam #|prioriteit|gevoeligheid|sexo|tratamento|"
     "sufixo|nome para exibicao do email|nome para exibicao do email #|prioridade|sensibilidade",
     NULL},
    {0},
};

static const kith_profile_tie ties[] = {
    {.kind = KITH_KNOWS, .from = KITH_END_OWNER, .to = KITH_END_SUBJECT, .main = true},
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY, .role = true},
    {0},
};

static const kith_profile outlook_contacts = {
    .signature =
        "first name/vorname/prenom/nombre/nome/voornaam/primeiro nome/fornavn/imie|"
        "last name/nachname/nom/apellidos/cognome/achternaam/sobrenome/apelido/efternavn/"
        "etternavn/nazwisko|"
        "e mail address/e mail adresse/adresse de messagerie/direccion de correo electronico/"
        "indirizzo posta elettronica/e mailadres/endereco de email/endereco de e mail/"
        "endereco de correio electronico/e postadresse/adres e mail|"
        "job title/position/titre/fonction/puesto/posizione/functie/cargo/stilling/stanowisko|"
        "e mail 2 address/e mail type/e mail 2 adresse/e mail typ/adresse de messagerie 2/"
        "type de messagerie/direccion de correo electronico 2/tipo de correo electronico/"
        "indirizzo posta elettronica 2/tipo posta elettronica/e mailadres 2/e mailtype/"
        "endereco de email 2/endereco do correio electronico 2/tipo de correio electronico/"
        "e postadresse 2/e posttype/adres e mail 2/typ poczty e mail",
    .address_book = true,
    .columns = columns,
    .ties = ties,
};
KITH_PROFILE(outlook_contacts, "outlook-contacts",
             "Outlook contacts, desktop and web, in ten languages: whom you know, where they work, "
             "who reports to whom",
             "csv");
