// The key that a reader enters stays in the page: it is gone on reload.
const page = SwaggerUIBundle({
  url: 'openapi.yaml',
  dom_id: '#contract',
  layout: 'BaseLayout',
  presets: [SwaggerUIBundle.presets.apis],
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
  showExtensions: true,
  // The gateway that serves the page, wherever that is.
  onComplete: () => page.getSystem().oas3Actions.setSelectedServer('/'),
});
