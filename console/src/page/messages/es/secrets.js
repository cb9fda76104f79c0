/** Secrets that tools send. */
export const secrets = {
  'menu.secrets': 'Secretos',
  'secrets.about':
    'Lo que las herramientas envían a otros servidores para que las dejen entrar. Un valor se da una vez y nada vuelve a mostrarlo.',
  'secrets.create': 'Guardar un secreto',
  'secrets.created': 'El secreto está guardado.',
  'secrets.name': 'Nombre',
  'secrets.nameHint':
    'Una letra mayúscula, después mayúsculas, cifras o _, 64 como máximo. Las herramientas lo escriben {{secrets.NAME}}.',
  'secrets.value': 'Valor',
  'secrets.valueHint': 'Una línea. El campo se vacía en cuanto se envía; tras un rechazo, escríbalo de nuevo.',
  'secrets.hosts': 'Hosts',
  'secrets.hostsHint': 'Uno por línea, como api.shop.com, con su puerto si no es 443. Se envía solo a estos.',
  'secrets.version': 'Versión en vigor',
  'secrets.next': 'Versión {version} desde',
  'secrets.old': 'Días: {count}. Antiguo: rótelo.',
  'secrets.neverUsed': 'nunca',
  'secrets.none': 'No hay ningún secreto. Una herramienta que no lo necesita pregunta a su servidor sin él.',
  'secrets.rotate': 'Rotar',
  'secrets.rotateTitle': 'Rotar {name}',
  'secrets.rotateText':
    'El valor nuevo ocupa el lugar del anterior. Para añadir un host, nómbrelo aquí: eso requiere el valor.',
  'secrets.inForceFrom': 'En vigor desde',
  'secrets.inForceFromHint':
    'Vacío, de inmediato; como máximo dentro de 90 días. Hasta entonces se envía el valor anterior.',
  'secrets.rotated': '{name} tiene un valor nuevo.',
  'secrets.setHosts': 'Quitar hosts',
  'secrets.hostsTitle': 'Hosts de {name}',
  'secrets.hostsText': 'Deje aquellos a los que aún puede enviarse. Para añadir uno, rote el secreto.',
  'secrets.hostsSet': 'Los hosts de {name} han cambiado.',
  'secrets.remove': 'Eliminar',
  'secrets.removeTitle': 'Eliminar {name}',
  'secrets.removeText':
    'Todas sus versiones desaparecen de inmediato y las herramientas que lo nombran son rechazadas. No se puede deshacer.',
  'secrets.removed': '{name} está eliminado.',
};
