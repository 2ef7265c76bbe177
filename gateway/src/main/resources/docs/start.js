// The key that a reader enters stays in the page: it is gone on reload.

/** A key that nobody has used: one for each call, as one for all of them would be refused from the second on. */
function newKey() {
  const random = crypto.getRandomValues(new Uint32Array(4));
  return 'docs-' + Array.from(random, part => part.toString(36)).join('');
}

/** Gives a call a key of its own, unless the reader has entered one: to see a replay, say. */
function withKey(request, exampleKey) {
  if (request.headers && request.headers['Idempotency-Key'] === exampleKey) {
    request.headers['Idempotency-Key'] = newKey();
  }
  return request;
}

/** Whether an operation is about what the reader looks for: in its path, its name or what it is for. */
function isAbout(operation, phrase) {
  const said = [operation.get('method'), operation.get('path'), operation.getIn(['operation', 'operationId']),
    operation.getIn(['operation', 'summary']), ...(operation.getIn(['operation', 'tags']) || [])];
  return phrase.toLowerCase().split(/\s+/).every(word => said.join(' ').toLowerCase().includes(word));
}

const filterOfOperations = {
  fn: {
    opsFilter: (tags, phrase) => tags
      .map(tag => tag.update('operations', operations => operations.filter(it => isAbout(it, phrase))))
      .filter(tag => tag.get('operations').size > 0),
  },
};

/** What an answer is called: its codes, or what it means; the status comes after. */
function nameOf(response, status) {
  const codes = response.get('x-problem-codes');
  return (codes ? codes.join(', ') : response.get('description').split('.')[0]) + ' (' + status + ')';
}

/** The answers that a call can get are folded away, but for those that it is made for. */
const foldedAnswers = system => ({
  wrapComponents: {
    response: Original => props => {
      const h = system.React.createElement;
      const isWanted = String(props.code).startsWith('2');
      return h('tr', {className: 'answer'}, h('td', {colSpan: 3},
        h('details', {open: isWanted || undefined},
          h('summary', null, nameOf(props.response, props.code)),
          h('table', {className: 'responses-table'}, h('tbody', null, h(Original, props))))));
    },
  },
});

const page = SwaggerUIBundle({
  url: 'openapi.yaml',
  dom_id: '#contract',
  layout: 'BaseLayout',
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [filterOfOperations, foldedAnswers],
  deepLinking: true,
  docExpansion: 'list',
  filter: true,
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
  showExtensions: true,
  requestInterceptor: request => withKey(request, 'till-7/20261122-0001/accrual'),
  // The gateway that serves the page, wherever that is.
  onComplete: () => page.getSystem().oas3Actions.setSelectedServer('/'),
});
