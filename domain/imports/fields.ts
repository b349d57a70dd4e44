/** What a file may hold, one thing a row. */
export const IMPORT_KINDS = ['customers', 'bookings', 'memberships', 'payments'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** How the text of a cell becomes a value. */
export type FieldType =
  | 'id'
  | 'text'
  | 'full_name'
  | 'email'
  | 'phone'
  | 'day'
  | 'instant'
  | 'time'
  | 'gender'
  | 'language'
  | 'country'
  | 'yes_no'
  | 'whole'
  | 'money'
  | 'minutes'
  | 'booking_state'
  | 'tags'

export type Field = {
  name: string
  type: FieldType
  /** The longest text, in characters. */
  length?: number
  /** What such a column is called in files in four languages, in the form of `plainTitle`, with bars between. */
  titles: string
}

const UPDATED: Field = {
  name: 'updated_at',
  type: 'instant',
  titles:
    'updatedat|updated|lastupdated|lastchanged|lastmodified|modified|geandertam|aktualisiertam|modifiele|modificatoil',
}

/** Whose something is: by their own identifier, or by their address. */
const CUSTOMER: readonly Field[] = [
  {
    name: 'customer',
    type: 'id',
    titles:
      'customer|customerid|customernumber|clientid|memberid|userid|kunde|kundennummer|kundennr|kundenid|mitgliedsnummer|idclient|client|numeroclient|nclient|idcliente|cliente|numerocliente|codicecliente',
  },
  {
    name: 'customer_email',
    type: 'email',
    titles:
      'email|emailaddress|mail|customeremail|clientemail|emailadresse|mailadresse|kundenemail|adresseemail|adressemail|courriel|emailclient|indirizzoemail|emailcliente|postaelettronica',
  },
]

/** With whom, if not with the business as a whole. */
const PROVIDER: readonly Field[] = [
  {
    name: 'provider',
    type: 'id',
    titles: 'providerid|staffid|teacherid|advisorid|anbieternummer|anbieterid|idprestataire|idoperatore|idfornitore',
  },
  {
    name: 'provider_name',
    type: 'text',
    length: 200,
    titles:
      'provider|staff|teacher|instructor|advisor|trainer|studio|location|practitioner|anbieter|lehrer|lehrerin|mitarbeiter|behandler|berater|standort|prestataire|professeur|enseignant|coach|praticien|collaborateur|operatore|insegnante|istruttore|collaboratore|consulente|sede',
  },
]

/** What can be read from a file of each kind; in one of customers every other column can become an attribute, too. */
export const FIELDS: Readonly<Record<ImportKind, readonly Field[]>> = {
  customers: [
    {
      name: 'id',
      type: 'id',
      titles:
        'id|identifier|kennung|identifiant|identificativo|customerid|customernumber|clientid|clientnumber|memberid|membernumber|userid|contactid|externalid|uid|kundennummer|kundennr|kundenid|mitgliedsnummer|mitgliedsnr|idclient|numeroclient|nclient|codeclient|idcliente|codicecliente|numerocliente',
    },
    {
      name: 'email',
      type: 'email',
      titles:
        'email|emailaddress|mail|mailaddress|emailadresse|mailadresse|adresseemail|adressemail|courriel|adressedecourriel|indirizzoemail|indirizzodiposta|postaelettronica|email1|primaryemail',
    },
    {
      name: 'username',
      type: 'text',
      length: 100,
      titles: 'username|login|nickname|benutzername|nutzername|nomdutilisateur|pseudo|nomeutente',
    },
    {
      name: 'full_name',
      type: 'full_name',
      length: 400,
      titles:
        'name|fullname|customername|clientname|contactname|customer|client|kunde|kundenname|vollername|nom|nomcomplet|nomduclient|nometprenom|nome|nomecompleto|nominativo|nomecognome|nomeecognome|cliente',
    },
    {
      name: 'first_name',
      type: 'text',
      length: 200,
      titles: 'firstname|givenname|forename|fname|first|vorname|prenom|primonome',
    },
    {
      name: 'last_name',
      type: 'text',
      length: 200,
      titles: 'lastname|surname|familyname|lname|last|nachname|familienname|zuname|nomdefamille|cognome',
    },
    {
      name: 'phone',
      type: 'phone',
      titles:
        'phone|phonenumber|mobile|mobilephone|mobilenumber|cell|cellphone|tel|telephone|telefon|telefonnummer|telefonnr|handy|handynummer|mobil|mobilnummer|mobiltelefon|natel|numerodetelephone|telephoneportable|portable|mobile1|phone1|telefono|cellulare|numeroditelefono|telefonocellulare',
    },
    {
      name: 'birthdate',
      type: 'day',
      titles:
        'birthdate|birthday|dateofbirth|dob|geburtsdatum|geburtstag|geboren|geborenam|datedenaissance|naissance|anniversaire|datadinascita|datanascita|compleanno|nascita|natoil',
    },
    {
      name: 'gender',
      type: 'gender',
      titles: 'gender|sex|geschlecht|anrede|salutation|sexe|civilite|genre|sesso|genere',
    },
    { name: 'language', type: 'language', titles: 'language|locale|preferredlanguage|sprache|langue|lingua' },
    {
      name: 'country',
      type: 'country',
      titles: 'country|countrycode|land|landercode|pays|codepays|paese|nazione|codicepaese',
    },
    {
      name: 'customer_group',
      type: 'text',
      length: 100,
      titles:
        'customergroup|clientgroup|group|category|clienttype|kundengruppe|gruppe|kategorie|kundentyp|groupe|groupedeclients|categorie|gruppo|gruppoclienti|categoria',
    },
    {
      name: 'aggregator',
      type: 'text',
      length: 100,
      titles:
        'aggregator|partner|source|referral|referredby|leadsource|quelle|herkunft|vermittler|partenaire|origine|agregateur|fonte|provenienza|aggregatore',
    },
    {
      name: 'joined_at',
      type: 'instant',
      titles:
        'joinedat|joined|joindate|membersince|customersince|clientsince|created|createdat|createdon|creationdate|signupdate|signedup|registered|registrationdate|dateadded|optintime|confirmtime|kundeseit|mitgliedseit|erstelltam|angelegtam|eintritt|eintrittsdatum|beitrittsdatum|registriertam|anmeldedatum|clientdepuis|membredepuis|inscritle|dateinscription|dateddinscription|datedinscription|datedecreation|creele|clientedal|clienteda|iscrittodal|datadiregistrazione|dataregistrazione|datadiiscrizione|dataiscrizione|datacreazione',
    },
    {
      name: 'consent_email',
      type: 'yes_no',
      titles:
        'consentemail|emailconsent|emailoptin|newsletter|emailmarketing|acceptsmarketing|acceptsemailmarketing|optin|marketing|marketingconsent|subscribed|subscriptionstatus|einwilligung|einwilligungemail|emaileinwilligung|newsletterabonnent|werbeeinwilligung|consentement|consentementemail|abonne|abonnenewsletter|accordmarketing|consenso|consensoemail|consensomarketing|iscrittonewsletter',
    },
    {
      name: 'consent_sms',
      type: 'yes_no',
      titles:
        'consentsms|smsconsent|smsoptin|smsmarketing|acceptssmsmarketing|einwilligungsms|smseinwilligung|consentementsms|consensosms',
    },
    {
      name: 'consent_push',
      type: 'yes_no',
      titles: 'consentpush|pushconsent|pushoptin|einwilligungpush|consentementpush|consensopush',
    },
    {
      name: 'tags',
      type: 'tags',
      titles:
        'tags|tag|labels|label|keywords|schlagworte|schlagworter|stichworte|etiketten|etiquettes|etiquette|motscles|etichette|etichetta|parolechiave',
    },
    UPDATED,
  ],
  bookings: [
    {
      name: 'id',
      type: 'id',
      titles:
        'id|identifier|kennung|identifiant|identificativo|bookingid|bookingnumber|appointmentid|visitid|reservationid|buchungsnummer|buchungsnr|terminnummer|buchungsid|numerodereservation|idreservation|idrendezvous|idprenotazione|numeroprenotazione|idappuntamento',
    },
    ...CUSTOMER,
    ...PROVIDER,
    {
      name: 'service',
      type: 'text',
      length: 100,
      titles:
        'service|servicename|class|classname|treatment|appointmenttype|course|activity|leistung|dienstleistung|kurs|behandlung|angebot|klasse|prestation|cours|soin|activite|servizio|corso|trattamento|lezione|attivita|prestazione',
    },
    {
      name: 'starts_at',
      type: 'instant',
      titles:
        'startsat|start|starttime|startdate|date|datetime|bookingdate|appointmentdate|visitdate|classdate|beginn|datum|termin|startzeit|startdatum|buchungsdatum|datumuhrzeit|debut|dateheure|datedebut|dateetheure|datedurendezvous|inizio|data|dataora|datainizio|dataprenotazione|dataappuntamento',
    },
    {
      name: 'start_time',
      type: 'time',
      titles: 'time|timeofday|hour|uhrzeit|zeit|heure|heuredebut|ora|orario|orainizio',
    },
    {
      name: 'minutes',
      type: 'minutes',
      titles:
        'minutes|duration|length|durationminutes|dauer|minuten|dauerminuten|duree|dureeminutes|durata|minuti|durataminuti',
    },
    {
      name: 'price',
      type: 'money',
      titles:
        'price|amount|total|cost|value|revenue|preis|betrag|umsatz|summe|prix|montant|tarif|prezzo|importo|totale|costo',
    },
    {
      name: 'state',
      type: 'booking_state',
      titles:
        'state|status|bookingstatus|appointmentstatus|attendance|buchungsstatus|teilnahme|statut|etat|presence|stato|statoprenotazione|presenza',
    },
    {
      name: 'created_at',
      type: 'instant',
      titles: 'createdat|created|bookedat|bookedon|erstelltam|gebuchtam|creele|reservele|creatoil|prenotatoil',
    },
    UPDATED,
  ],
  memberships: [
    {
      name: 'id',
      type: 'id',
      titles:
        'id|identifier|kennung|identifiant|identificativo|membershipid|membershipnumber|contractid|subscriptionid|vertragsnummer|mitgliedschaftsnummer|abonummer|vertragsid|idabonnement|numerocontrat|numeroabonnement|idabbonamento|numerocontratto|numeroabbonamento',
    },
    ...CUSTOMER,
    ...PROVIDER,
    {
      name: 'type',
      type: 'text',
      length: 100,
      titles:
        'type|membership|membershiptype|plan|package|product|mitgliedschaft|abo|abonnement|abotyp|tarif|vertrag|typ|formule|contrat|tipo|abbonamento|piano|pacchetto|contratto',
    },
    {
      name: 'valid_from',
      type: 'day',
      titles:
        'validfrom|start|startdate|startson|from|begin|activationdate|gultigab|gultigvon|beginn|startdatum|vertragsbeginn|von|ab|debut|datededebut|datedebut|valabledu|du|inizio|datainizio|validodal|dal|datadiinizio|datadiattivazione',
    },
    {
      name: 'valid_to',
      type: 'day',
      titles:
        'validto|validuntil|end|enddate|endson|to|expires|expiration|expirationdate|expirydate|gultigbis|ende|enddatum|vertragsende|ablauf|ablaufdatum|bis|fin|datedefin|datefin|valableau|valablejusquau|echeance|au|fine|datafine|validoal|al|scadenza|datadiscadenza',
    },
    {
      name: 'cancelled_at',
      type: 'day',
      titles:
        'cancelledat|canceledat|cancelled|canceled|cancellationdate|terminated|terminationdate|gekundigtam|kundigung|kundigungsdatum|gekundigt|resiliele|dateresiliation|resiliation|annulele|disdettoil|disdettail|datadisdetta|disdetta|annullatoil',
    },
    {
      name: 'recurring',
      type: 'yes_no',
      titles:
        'recurring|autorenew|autorenewal|autopay|renews|verlangertsich|automatischeverlangerung|wiederkehrend|recurrent|renouvellementautomatique|reconductiontacite|ricorrente|rinnovoautomatico',
    },
    UPDATED,
  ],
  payments: [
    {
      name: 'id',
      type: 'id',
      titles:
        'id|identifier|kennung|identifiant|identificativo|paymentid|transactionid|saleid|orderid|receipt|receiptnumber|invoice|invoicenumber|zahlungsnummer|transaktionsnummer|rechnungsnummer|belegnummer|bestellnummer|numerotransaction|numerofacture|idpaiement|numerodecommande|idpagamento|numerofattura|numerotransazione|numeroricevuta|numeroordine',
    },
    ...CUSTOMER,
    ...PROVIDER,
    {
      name: 'amount',
      type: 'money',
      titles:
        'amount|total|price|paid|amountpaid|value|revenue|betrag|summe|preis|gezahlt|umsatz|montant|prix|sommepayee|importo|totale|prezzo|pagato',
    },
    {
      name: 'paid_at',
      type: 'instant',
      titles:
        'paidat|paidon|paymentdate|date|datetime|saledate|transactiondate|bezahltam|zahlungsdatum|datum|verkaufsdatum|payele|datedepaiement|datepaiement|datedevente|pagatoil|datapagamento|data|datavendita|datadipagamento',
    },
    UPDATED,
  ],
}

/** The field of a kind with this name. */
export const fieldOf = (kind: ImportKind, name: string): Field | undefined =>
  FIELDS[kind].find((field) => field.name === name)

/**
 * What has to be mapped before a file can be taken in: of each list at least one. Whoever has no identifier in a file is
 * known by their address, a booking by whom, when and what, a membership by whose, what and since when.
 */
export const NEEDED: Readonly<Record<ImportKind, readonly (readonly string[])[]>> = {
  customers: [['id', 'email']],
  bookings: [['customer', 'customer_email'], ['starts_at']],
  memberships: [['customer', 'customer_email'], ['valid_from']],
  payments: [['id'], ['customer', 'customer_email'], ['amount'], ['paid_at']],
}
