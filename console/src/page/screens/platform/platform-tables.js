import { duration, written } from '../../format.js';
import { html } from '../../html.js';
import { Table } from '../../parts/table.js';
import { At } from '../../parts/text.js';
import { locale, named, t } from '../../words.js';

/** A count; what nobody could read is no nought. @param {number | null} value */
const counted = (value) => (value === null ? '–' : written(locale(), value));

/** @param {string} text @param {string} look */
const state = (text, look) => html`<span class=${`state ${look}`}>${text}</span>`;

/** @param {any} copy */
const dependenciesOf = ({ dependencies }) => {
  const down = dependencies.filter((/** @type {any} */ { isUp }) => !isUp);
  if (dependencies.length === 0) return '–';
  if (down.length === 0) return t('platform.allUp');
  return state(
    t('platform.down', { names: down.map((/** @type {any} */ each) => each.dependency).join(', ') }),
    'missing',
  );
};

/** @param {string} service @param {any} copy */
const copyRow = (service, copy) => [
  html`${service}<br /><code>${copy.copy}</code>`,
  state(named('copyState', copy.state), copy.state === 'working' ? 'active' : 'advised'),
  html`<code>${copy.version}</code>`,
  html`<${At} at=${copy.startedAt} />`,
  dependenciesOf(copy),
];

/** @param {{services: readonly any[]}} given */
export function Services({ services }) {
  const silent = services.filter(({ copies }) => copies.length === 0).map(({ service }) => service);
  const rows = services.flatMap(({ service, copies }) =>
    copies.length === 0
      ? [[service, state(t('platform.noAnswer'), 'missing'), '–', '–', '–']]
      : copies.map((/** @type {any} */ copy) => copyRow(service, copy)),
  );
  return html`<section>
    <h2>${t('platform.services')}</h2>
    ${silent.length > 0 && html`<p class="trouble">${t('platform.silent', { services: silent.join(', ') })}</p>`}
    <${Table}
      caption=${t('platform.services')}
      heads=${[t('platform.copy'), t('platform.state'), t('platform.version'), t('platform.since'), t('platform.dependencies')]}
      rows=${rows}
      empty=${t('platform.noAnswer')}
    />
  </section>`;
}

/** Which versions run, and what to do while they differ. @param {{status: any}} given */
export function Versions({ status: { versions, upgradeNext } }) {
  if (versions.length === 0) return null;
  if (versions.length === 1) return html`<p>${t('platform.oneVersion', { version: versions[0] })}</p>`;
  const told = { versions: versions.join(', '), service: upgradeNext ?? '–' };
  return html`<p class="trouble">${t('platform.versions', told)}</p>`;
}

/** @param {{services: readonly any[]}} given */
export function Breakers({ services }) {
  const rows = services.flatMap(({ service, copies }) =>
    copies.flatMap((/** @type {any} */ { copy, breakers }) =>
      breakers.map((/** @type {any} */ { breaker, isOpen }) => [
        html`<code>${breaker}</code>`,
        isOpen ? state(t('platform.open'), 'missing') : state(t('platform.closed'), 'active'),
        html`${service}<br /><code>${copy}</code>`,
      ]),
    ),
  );
  return html`<section>
    <h2>${t('platform.breakers')}</h2>
    <p>${t('platform.breakersText')}</p>
    <${Table}
      caption=${t('platform.breakers')}
      heads=${[t('platform.breaker'), t('platform.state'), t('platform.copy')]}
      rows=${rows}
      empty=${t('platform.noBreakers')}
    />
  </section>`;
}

/** @param {any} row @param {ReadonlyMap<string, number> | undefined} letters */
const consumerRow = (row, letters) => [
  html`<code>${row.consumer}</code>${row.isBehind && html`<br />${state(t('platform.behind'), 'missing')}`}`,
  row.service,
  counted(row.waiting),
  counted(row.inWork),
  counted(row.redelivered),
  row.oldestSeconds === null ? '–' : duration(row.oldestSeconds),
  letters === undefined ? '–' : counted(letters.get(row.consumer) ?? 0),
];

/** How far behind each consumer is. @param {{consumers: readonly any[], deadLetters: readonly any[] | null}} given */
export function Consumers({ consumers, deadLetters }) {
  const letters = deadLetters?.map(({ consumer, letters: count }) => /** @type {const} */ ([consumer, count]));
  const byName = letters && new Map(letters);
  return html`<section>
    <h2>${t('platform.lag')}</h2>
    <${Table}
      caption=${t('platform.lag')}
      heads=${[
        ...[t('platform.consumer'), t('platform.service'), t('platform.waiting'), t('platform.inWork')],
        ...[t('platform.redelivered'), t('platform.oldest'), t('letters.title')],
      ]}
      rows=${consumers.map((row) => consumerRow(row, byName))}
      keys=${consumers.map(({ consumer }) => consumer)}
      empty=${t('platform.noConsumers')}
    />
  </section>`;
}

/** Those that a finding concerns: the first by name. @param {any} finding */
const concerned = ({ named: names, more }) => {
  const text = names.join(', ');
  return more > 0 ? t('platform.more', { names: text, count: more }) : text;
};

/** @param {any} finding */
const modelRow = (finding) => [
  html`<code>${finding.model}</code>`,
  html`<${At} at=${finding.endsAt} />`,
  counted(finding.tenants),
  concerned(finding),
];

/** @param {any} finding */
const findingRow = (finding) => [
  named('policyRule', finding.rule),
  state(named('severity', finding.severity), finding.severity === 'high' ? 'missing' : 'advised'),
  concerned(finding),
  named('policyMend', finding.rule),
];

/** What services know of themselves that stands out. @param {{findings: readonly any[] | null}} given */
export function Findings({ findings }) {
  const models = findings?.filter(({ model }) => model !== null);
  const others = findings?.filter(({ model }) => model === null);
  const unknown = html`<p class="trouble">${t('platform.unknown')}</p>`;
  return html`<section>
      <h2>${t('platform.models')}</h2>
      ${
        models === undefined
          ? unknown
          : html`<${Table}
              caption=${t('platform.models')}
              heads=${[t('platform.model'), t('platform.ends'), t('menu.tenants'), t('platform.concerns')]}
              rows=${models.map(modelRow)}
              empty=${t('platform.noModels')}
            />`
      }
    </section>
    <section>
      <h2>${t('platform.findings')}</h2>
      <p>${t('platform.doctor')}</p>
      ${
        others === undefined
          ? unknown
          : html`<${Table}
              caption=${t('platform.findings')}
              heads=${[t('platform.finding'), t('platform.severity'), t('platform.concerns'), t('platform.mend')]}
              rows=${others.map(findingRow)}
              empty=${t('platform.noFindings')}
            />`
      }
    </section>`;
}
