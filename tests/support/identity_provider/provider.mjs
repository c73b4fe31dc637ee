// A real sign-in service for tests: who comes is told by the header "x-person", as "subject" or "subject;method method".
import Provider from 'oidc-provider';
import { createServer } from 'node:http';

const [secret, back] = process.argv.slice(2);
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'sohoa', client_secret: secret, redirect_uris: [back] }],
    cookies: { keys: [secret] },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/person/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub', 'amr', 'acr'] },
  });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/person/')) return next();
    const { prompt, params, session } = await provider.interactionDetails(ctx.req, ctx.res);
    if (prompt.name === 'login') {
      const [accountId, methods] = ctx.get('x-person').split(';');
      const login = { accountId, amr: methods ? methods.split(' ') : undefined };
      return provider.interactionFinished(ctx.req, ctx.res, { login });
    }
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope('openid');
    return provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } });
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
