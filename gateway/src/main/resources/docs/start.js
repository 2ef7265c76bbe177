// The key that a reader enters stays in the page: it is gone on reload.
SwaggerUIBundle({
  url: 'openapi.yaml',
  dom_id: '#contract',
  layout: 'BaseLayout',
  presets: [SwaggerUIBundle.presets.apis],
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
});
