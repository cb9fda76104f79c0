/** La liste de contrôle avant la production : comment cela doit être, comment c’est, pourquoi et que faire. */
export const checklist = {
  'checklistWhat.bot-check':
    'Les appelants sont contrôlés contre les robots, et un contrôle sans réponse ne laisse entrer personne.',
  'checklistWhat.https-origins': 'Toutes les origines des clés de widget de production sont en https.',
  'checklistWhat.production-key': 'Il y a une clé de widget pour la production.',
  'checklistWhat.key-ages': 'Aucune clé n’a plus de {days} jours.',
  'checklistWhat.unused-keys': 'Toutes les clés ont servi au cours des {days} derniers jours.',
  'checklistWhat.api-key-ends': 'Toutes les clés d’API ont une date de fin.',
  'checklistWhat.owners': 'Il y a au moins deux propriétaires.',
  'checklistWhat.owner-second-factor': 'Chaque propriétaire a un second facteur.',
  'checklistWhat.sign-in-second-factor': 'Personne ne se connecte sans second facteur.',
  'checklistWhat.brokered-calls':
    'Les appels passent par VOX (brokered) : il les établit chez le fournisseur, les surveille et y met fin.',
  'checklistWhat.spending-cap': 'Ce que les visiteurs peuvent dépenser est plafonné au mois, et pas seulement au jour.',
  'checklistWhat.retention': 'Les paroles sont gardées {most} jours au plus.',
  'checklistWhat.disclosure':
    'Aucun appel ne commence sans qu’il soit consigné que le visiteur a été prévenu qu’il parle à une machine.',
  'checklistWhat.controller': 'La politique nomme le responsable des données.',
  'checklistWhat.data-protection-officer':
    'La politique indique comment joindre le délégué à la protection des données.',
  'checklistWhat.supervisory-authority':
    'La politique nomme l’autorité auprès de laquelle une personne peut introduire une réclamation.',
  'checklistWhat.webhooks':
    'Un webhook signale les échéances des demandes de confidentialité et les budgets consommés.',
  'checklistFound.check-off': 'Le contrôle est désactivé.',
  'checklistFound.check-denies': 'Le contrôle se fait par {mode}.',
  'checklistFound.check-lets-in':
    'Le contrôle se fait par {mode} ; tant qu’il ne répond pas, il laisse entrer avec une mention.',
  'checklistFound.origins-https': 'Toutes le sont.',
  'checklistFound.origins-http': 'Clés de production qui nomment http : {count}.',
  'checklistFound.production-keys': 'Clés pour la production : {count}.',
  'checklistFound.no-production-key': 'Il n’y en a aucune qui fonctionne.',
  'checklistFound.keys-young': 'Aucune n’est plus ancienne.',
  'checklistFound.keys-over-age': 'Clés à renouveler : {count}.',
  'checklistFound.keys-in-use': 'Toutes ont servi.',
  'checklistFound.keys-unused': 'Clés à révoquer : {count}.',
  'checklistFound.api-keys-end': 'Toutes en ont une.',
  'checklistFound.api-keys-endless': 'Clés d’API sans date de fin : {count}.',
  'checklistFound.calls-brokered': 'Ils passent par VOX.',
  'checklistFound.calls-both': 'La politique autorise les deux types.',
  'checklistFound.calls-direct': 'La politique autorise les appels directs.',
  'checklistFound.month-capped': 'Le mois est plafonné.',
  'checklistFound.day-capped': 'Seul le jour est plafonné.',
  'checklistFound.no-owner': 'Aucun propriétaire n’a accepté son invitation.',
  'checklistFound.one-owner': 'Il y en a un.',
  'checklistFound.several-owners': 'Il y en a {count}.',
  'checklistFound.owners-with-factor': 'Chacun en a un.',
  'checklistFound.owners-without-factor': 'Propriétaires sans second facteur : {count}.',
  'checklistFound.factor-demanded': 'Le locataire en exige un.',
  'checklistFound.factor-not-demanded': 'Le locataire n’en exige aucun.',
  'checklistFound.kept-briefly': 'Jours de conservation : {days}.',
  'checklistFound.kept-long': 'Jours de conservation : {days}. Notez pourquoi.',
  'checklistFound.disclosure-demanded': 'C’est exigé.',
  'checklistFound.disclosure-unrecorded': 'Les visiteurs sont prévenus, mais ce n’est pas consigné.',
  'checklistFound.controller-named': 'Elle le nomme.',
  'checklistFound.controller-unnamed': 'Elle ne le nomme pas.',
  'checklistFound.officer-named': 'Elle l’indique.',
  'checklistFound.officer-unnamed': 'Elle ne l’indique pas : ce n’est juste que là où personne ne doit être désigné.',
  'checklistFound.authority-named': 'Elle la nomme.',
  'checklistFound.authority-unnamed': 'Elle ne la nomme pas.',
  'checklistFound.webhook-tells': 'Il signale les deux.',
  'checklistFound.webhook-silent': 'Personne n’est averti de : {events}.',
  'checklistWhy.bot-check':
    'Une clé de widget est publique : sans le contrôle, un programme peut lancer des appels que vous payez.',
  'checklistWhy.https-origins': 'Qui se trouve sur la ligne d’une page http peut la modifier et appeler en son nom.',
  'checklistWhy.production-key':
    'Les clés de développement circulent librement, et sont révoquées quand un portable se perd.',
  'checklistWhy.key-ages': 'Plus une clé sert longtemps, plus elle s’est répandue.',
  'checklistWhy.unused-keys':
    'Personne ne regrette une clé que personne n’utilise : personne ne voit donc qui d’autre la possède.',
  'checklistWhy.api-key-ends': 'Une clé sans date de fin sert jusqu’à ce que quelqu’un y pense.',
  'checklistWhy.owners': 'Si le seul perd sa messagerie ou s’en va, le locataire reste fermé.',
  'checklistWhy.owner-second-factor':
    'Un code par e-mail ne prouve qu’une messagerie ; un propriétaire peut lire chaque mot prononcé.',
  'checklistWhy.sign-in-second-factor':
    'Pour un voleur, la messagerie d’un délégué à la protection des données vaut autant que celle d’un propriétaire.',
  'checklistWhy.brokered-calls':
    'Dans un appel direct, le navigateur est cru sur ce qu’il a consommé, et c’est lui qui met fin à l’appel.',
  'checklistWhy.spending-cap': 'Trente mauvais jours coûtent trente fois plus qu’un seul.',
  'checklistWhy.retention':
    'Les données personnelles ne sont gardées que le temps nécessaire à leur finalité (RGPD, art. 5, § 1, e).',
  'checklistWhy.disclosure':
    'Qui parle à une machine doit en être informé (règlement européen sur l’IA, art. 50, § 1).',
  'checklistWhy.controller':
    'Qui le demande doit le savoir (RGPD, art. 13, § 1, a) ; d’ici là, les exports disent « to be filled in ».',
  'checklistWhy.data-protection-officer':
    'Lorsqu’il y en a un, les personnes doivent le savoir (RGPD, art. 13, § 1, b et art. 37).',
  'checklistWhy.supervisory-authority':
    'Elle figure dans chaque réponse à une personne (RGPD, art. 15, § 1, f) et est avertie d’une violation dans les 72 heures (art. 33).',
  'checklistWhy.webhooks': 'Une échéance dont personne n’est averti est manquée.',
  'checklistHow.bot-check':
    'Dans le fichier du locataire, mettez bot.mode sur proof-of-work, turnstile ou botid, et bot.whenUnavailable sur deny ; puis vox tenant put.',
  'checklistHow.https-origins':
    'Sous « Clés de widget », créez une clé avec les seules origines https et révoquez l’autre.',
  'checklistHow.production-key': 'Créez-en une sous « Clés de widget », avec l’environnement « Production ».',
  'checklistHow.key-ages':
    'Donnez-lui une remplaçante avec un délai : « Renouveler », sous « Clés de widget » ou « Clés d’API ».',
  'checklistHow.unused-keys': 'Révoquez-la sous « Clés de widget » ou « Clés d’API ».',
  'checklistHow.api-key-ends':
    'Sous « Clés d’API », créez des clés avec une date de fin et renouvelez celles qui n’en ont pas.',
  'checklistHow.owners': 'Invitez-en un autre sous « Personnes », avec le rôle « Propriétaire ».',
  'checklistHow.owner-second-factor':
    'Chaque propriétaire en ajoute un sous « Votre compte », si possible une clé d’accès.',
  'checklistHow.sign-in-second-factor':
    'Dans le fichier du locataire, mettez signIn.secondFactor sur required ; puis vox tenant put.',
  'checklistHow.brokered-calls': 'Dans le fichier du locataire, mettez calls sur brokered ; puis vox tenant put.',
  'checklistHow.spending-cap':
    'Renseignez limits.widget.microsPerMonth dans le fichier du locataire ; puis vox tenant put.',
  'checklistHow.retention':
    'Dans le fichier du locataire, mettez retention.transcripts sur moins de jours, 0 ne garde rien ; puis vox tenant put.',
  'checklistHow.disclosure': 'Dans le fichier du locataire, mettez consent.disclosure sur true ; puis vox tenant put.',
  'checklistHow.controller': 'Renseignez privacy.controller dans le fichier du locataire ; puis vox tenant put.',
  'checklistHow.data-protection-officer':
    'Renseignez privacy.dataProtectionOfficer dans le fichier du locataire ; puis vox tenant put.',
  'checklistHow.supervisory-authority':
    'Renseignez privacy.supervisoryAuthority dans le fichier du locataire ; puis vox tenant put.',
  'checklistHow.webhooks': 'Créez-en un sous « Webhooks », avec les événements privacy.deadline et quota.threshold.',
};
