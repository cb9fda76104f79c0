/** What words hint at, in seven languages, without accents and in lower case. */
const cues = {
  /** A payment card. */
  card: [
    'card cards visa mastercard amex maestro pan creditcard debitcard discover diners jcb unionpay rupay dankort cardnumber ccnumber',
    'tarjeta tarjetas',
    'carte cartes cb',
    'karte karten kreditkarte kreditkarten kartennummer kreditkartennummer bankkarte debitkarte girocard girokarte',
    'carta',
    'cartao cartoes',
    'kaart kaarten kaartnummer bankpas betaalpas pinpas creditkaart betaalkaart bankkaart creditcardnummer pasnummer',
    'карта карты',
    'kort kortnummer',
  ],
  /** Paying: a card may follow, or an amount. */
  payment: [
    'pay paying payment charge debit bill put',
    'pagar pago cargue carguelo cargar cobre cobrelo',
    'pagare payer paye paiement debitez prelevez',
    'zahlen bezahlen bezahle zahle zahlung buchen abbuchen belasten',
    'pago pagare pagamento addebiti addebitare addebita',
    'pagamento pagar debite debitar cobrar',
    'betalen betaal betaling afschrijven afrekenen',
  ],
  /** Words that name something else. They never save a whole card; they save digits that might only have begun one. */
  other: [
    'phone telephone contact mobile cell cellphone call callback dial fax extension order orders tracking parcel package shipment',
    'invoice reference ref ticket case booking reservation confirmation account customer member membership zip zipcode',
    'postcode postal address street born birth birthday date passport licence license serial model imei vin flight',
    'policy tax vat sku isbn issn barcode meter population loyalty iccid imsi upc ean gtin routing sort swift bic part parts lot batch',
    'product article catalog catalogue lottery powerball lotto draw meeting zoom passcode webinar conference dial room floor',
    'apartment apt unit gate seat platform train bus route highway exit page pages chapter verse version build release ip port uuid epoch',
    'timestamp log logs session whatsapp waybill courier fedex ups usps dhl hermes consignment awb voucher coupon promo discount referral',
    'otp pin password username login alarm building house garage locker wifi license plate registration patient medical',
    'prescription claim employee badge student library rewards bonus miles points frequent mileage locator pnr caller warehouse',
    'invoice quotation contract docket incident request claim patent ticker score won temperature latitude longitude',
    'coordinates gps altitude kilowatt odometer vehicle engine chassis driver drivers elevator area dialing country region prefix',
    'contacto confirmacion telefono movil celular llamar llameme llamenme pedido orden seguimiento paquete envio factura referencia reserva cuenta',
    'cliente direccion calle nacimiento nacido nacida fecha pasaporte vuelo expediente matricula contador socio sorteo loteria reunion',
    'pieza articulo lote codigopostal cupon descuento habitacion piso poliza licencia',
    'portable appeler appelez rappelez commande colis facture reservation compte client adresse rue naissance',
    'passeport vol dossier compteur fidelite piece loterie tirage reunion chambre etage permis immatriculation promo adherent lot',
    'telefon telefonnummer handy handynummer mobilnummer anrufen ruckruf bestellung bestellnummer auftrag auftragsnummer sendung',
    'sendungsnummer paket rechnung rechnungsnummer referenz buchung buchungsnummer konto kontonummer kunde kundennummer',
    'postleitzahl plz adresse strasse geburtsdatum geboren datum reisepass seriennummer flug vorgangsnummer zahler zahlerstand teil artikel',
    'lotterie lottozahlen besprechung sitzung zimmer kennzeichen mitglied fuhrerschein ausweis vorwahl rabatt gutschein tur zug gleis',
    'cellulare ordine ordini pacco spedizione fattura riferimento prenotazione conto indirizzo nato nata nascita data passaporto seriale',
    'volo pratica tessera socio polizza targa patente lotteria estrazione riunione pezzo articolo lotto stanza camera piano cap prefisso sconto',
    'telefone celular encomenda pacote rastreio rastreamento fatura referencia endereco rua nascimento nascido nascida passaporte voo',
    'processo matricula apolice loteria sorteio reuniao peca artigo quarto andar cep ddd desconto cupom protocolo',
    'telefoonnummer telefoon mobiel mobiele bellen bel bestelling bestelnummer ordernummer pakket zending factuur factuurnummer referentie',
    'boeking reservering rekening klant klantnummer postcode adres straat geboren geboortedatum datum paspoort vlucht dossier lidmaatschap',
    'kenteken rijbewijs loterij trekking vergadering onderdeel artikelnummer kamer verdieping korting kortingscode netnummer kengetal',
    'releve commit hash revision deadline channel radio tires tyres carnet rma size sizes inseam collar coach carriage offer warranty lease mailbox raffle temperature',
    'durchwahl wagen abteil ice angebot vertrag mietvertrag versicherung modell etage stockwerk wohnung passwort kennwort benutzer',
    'contrato recibo puerta portal talla oferta contrasena usuario albaran presupuesto iva nif cif modelo lectura anden vagon',
    'contrat siret siren tva voiture tgv poste porte digicode appartement batiment escalier taille devis livraison abonne modele quai',
    'contatore recapito civico interno carrozza treno binario frecciarossa contratto iva taglia offerta preventivo bolletta utenza matricola',
    'scontrino ricevuta abbonamento citofono lettura porta',
    'medidor leitura conta boleto ramal portao orcamento agencia nif cnpj senha habilitacao tamanho assento poltrona placa',
    'meterstand toestel contract offerte aanbieding stoel spoor perron trein deur poort kvk btw polis wachtwoord wagon',
  ],
  /** Asks how much or how many, and not which: the answer is an amount, also when it is paid. */
  amount: [
    'age ages alter edad idade leeftijd amount betrag summe monto importe importo montant valor bedrag',
    'combien cuanto cuantos cuanta cuantas quanto quanti quanta quante quantos quantas hoeveel wieviel wieviele',
  ],
  /** Names that only the code of a card has. */
  codeName: [
    'cvb cbv ccv cvcode cvvcode cvccode securitycode cardcode kartencode',
    'cvc cvc2 cvv cvv2 csc cid cryptogramme kartenprufnummer kartenprufziffer prufnummer prufziffer prufziffern prufcode kartenprufcode',
    'sicherheitscode kartensicherheitscode sicherheitsnummer sicherheitsziffer sicherheitsziffern beveiligingscode veiligheidscode',
    'kaartverificatiecode criptograma',
  ],
  code: [
    'security verification seguridad verificacion securite verification back reverse reverso dorso detras verso ruckseite code codes',
    'codigo codice retro sicurezza verifica seguranca verificacao tras beveiliging dietro derriere atras hinten achterkant achterop achterzijde signature #code',
  ],
  expiry: [
    'exp expiry expires expiring expiration expire valid good thru caducidad caduca vence vencimiento expira valida validez',
    'expire validite valable valide ablaufdatum ablauf lauft gultig gueltig gultigkeit verfallsdatum verfall',
    'verfalldatum gultigkeitsdatum scade scadenza valida fino validade valido vencimento vigencia vervaldatum vervalt verloopt geldig verloopdatum expirydate expdate',
  ],
  /** Right before an amount. */
  price: [
    'charged cost costs price worth total owe owes owed balance paid cuesta cuestan precio cobrado coute coutent prix paye kostet',
    'kosten kostete gekostet preis bezahlt costo coste costado costa costano costato prezzo pagato custa custam custou preco paguei kost kostte prijs betaald',
  ],
  /** Names of an expiry that need no word of a card beside them. */
  due: [
    'expiry expiration expirydate expdate caducidad vencimiento vencimento vigencia validite ablaufdatum ablauf verfallsdatum verfalldatum gultigkeit',
    'scadenza validade vervaldatum verloopdatum',
  ],
  /** Before a count of digits, which says none: “the last four of it”. */
  order: [
    'first next last remaining second third final primeros primeras siguientes ultimos ultimas premiers prochains derniers ersten nachsten letzten',
    'prime prossime ultime primi ultimi primeiros proximos eerste volgende laatste',
  ],
  /** The same, behind it: “les quatre derniers”. */
  orderBehind: ['primeros primeras siguientes ultimos ultimas premiers suivants derniers'],
  /** “ending in 1111”: the four digits that may be shown. */
  lastFour: [
    'ending ends last endung endziffern acabada acabado terminacion termina terminada terminado ultimos ultimas finit termine terminant derniers dernieres endet letzten letzte',
    'finisce terminante ultime ultimi final terminado eindigt eindigend laatste',
  ],
  /** What is counted or paid is no part of a card. */
  measure: [
    'dollars dollar bucks euros euro pounds pesos cents percent minutes hours days weeks months years items people miles',
    'kilometers pieces minutos horas dias semanas meses anos personas kilometros jours heures mois ans annees personnes',
    'minuten uhr stunden tage wochen monate jahre stuck personen prozent kilometer units kg km cups eggs degrees grams ml pm am',
    'tablespoons teaspoons nights tickets past minuti ore giorni settimane mesi anni persone chilometri euro grammi notti pezzi',
    'minutos horas dias semanas meses anos pessoas quilometros reais noites pecas minuten uur dagen weken maanden jaar mensen stuks nachten',
  ],
  /** A number before one is a house’s. */
  street: [
    'street avenue road ave blvd boulevard lane drive strasse weg platz allee gasse calle avenida rue viale piazza corso rua praca straat laan',
  ],
  /** Words that take back what was said before. */
  correction: [
    'wait sorry scratch correction oops start restart mistake wrong actually rather misspoke perdon equivoque equivocado disculpa espera corrijo pardon attendez',
    'recommence recommencer nochmal vorne empezar empiezo trompe erreur excusez correction entschuldigung falsch moment korrektur verzeihung versprochen warte scusi scusa sbagliato anzi aspetti errore',
    'digo quatsch oups oops opa mean meant plutot alias errei enganei bedoel bedoelde vergis',
    'ricomincio ricominciamo recomecar recomeco opnieuw desculpe desculpa errado espere engano corrigindo sorry wacht fout verkeerd correctie vergist nee',
  ],
  /** Counts the last four digits of something. */
  lastCount: [],
  iban: ['iban ibans rekeningnummer bankrekening bankrekeningnummer'],
  ssn: [
    'ssn sozialversicherungsnummer rentenversicherungsnummer steueridentifikationsnummer cpf bsn burgerservicenummer sofinummer tin itin',
  ],
} as const;

export type Cue = keyof typeof cues;

/** Signs that stand for words which only say something together: “C V V”, “security code”, “codice fiscale”. */
export const signs = {
  cvv: '#cvv',
  card: '#card',
  other: '#other',
  ssn: '#ssn',
  iban: '#iban',
  amount: '#amount',
  /** “valid until”. */
  due: '#due',
  /** A count of the last four digits. */
  lastFour: '#last',
} as const;
const signed: readonly (readonly [string, Cue])[] = [
  [signs.cvv, 'codeName'],
  [signs.card, 'card'],
  [signs.other, 'other'],
  [signs.ssn, 'ssn'],
  [signs.iban, 'iban'],
  [signs.amount, 'amount'],
  [signs.due, 'expiry'],
  [signs.due, 'due'],
  [signs.lastFour, 'lastCount'],
];

/** What a word hints at, looked up once: most hint at nothing. */
export const byWord: ReadonlyMap<string, ReadonlySet<Cue>> = (() => {
  const found = new Map<string, Set<Cue>>();
  const add = (word: string, cue: Cue): void => void found.set(word, (found.get(word) ?? new Set()).add(cue));
  for (const cue of Object.keys(cues) as Cue[])
    for (const word of cues[cue].flatMap((line) => line.split(' '))) add(word, cue);
  for (const [sign, cue] of signed) add(sign, cue);
  return found;
})();
