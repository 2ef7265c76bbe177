/**
 * The console as people have it: Chromium against the gateway that is shipped, started once for all tests.
 *
 * `node e2e/run.mjs` needs a built gateway, Chromium and, by NODE_PATH, playwright-core and axe-core; `ConsoleInBrowserIT`
 * runs it in the build. CONSOLE_PICTURES=true writes the pictures of the documentation anew, GATEWAY_JAR names another jar.
 */
import { after, before } from 'node:test';
import { Browser } from './browser.mjs';
import { budgets } from './budgets.mjs';
import { Chain } from './chain.mjs';
import { connection } from './connection.mjs';
import { edits } from './edits.mjs';
import { eyes } from './eyes.mjs';
import { forms } from './forms.mjs';
import { Gateway } from './gateway.mjs';
import { gifts } from './gifts.mjs';
import { killed } from './killed.mjs';
import { orders } from './orders.mjs';
import { pages } from './pages.mjs';
import { people } from './people.mjs';
import { ratings } from './ratings.mjs';
import { refunds } from './refunds.mjs';
import { roles } from './roles.mjs';
import { products } from './products.mjs';
import { ruleBooks } from './ruleBooks.mjs';
import { secondFactor } from './secondFactor.mjs';
import { signIn } from './signIn.mjs';
import { today } from './today.mjs';
import { endedSessions, unsaved } from './unsaved.mjs';

const it = {};

before(async () => {
  it.gateway = await Gateway.start();
  it.browser = await Browser.launch(it.gateway.address);
  it.chain = await Chain.open(it.gateway.address, it.gateway.bootstrapKey);
});

after(async () => {
  await it.browser?.close();
  await it.gateway?.stop();
});

eyes(it);
signIn(it);
gifts(it);
roles(it);
people(it);
secondFactor(it);
ratings(it);
forms(it);
orders(it);
refunds(it);
edits(it);
unsaved(it);
endedSessions(it);
products(it);
ruleBooks(it);
budgets(it);
pages(it);
today(it);
connection(it); // It kills the gateway.
killed(it); // Last: it leaves a cluster on the gateway's database.
