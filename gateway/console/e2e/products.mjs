import assert from 'node:assert/strict';
import { test } from 'node:test';

const LINES = 2_500;

/** Marketing keeps the products, one by one and by files. */
export function products(it) {
  test('a file of products is uploaded, and its wrong line is named by its number in the file', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.marketing);
    await visit.open('products');
    await visit.button('Upload a file').click();
    const dialog = visit.page.getByRole('dialog');
    const lines = Array.from({ length: LINES }, (_, i) => JSON.stringify({ productId: `U${i}`, name: `Uploaded ${i}`, category: 'uploaded', ...(i === 1_234 ? { price: -1 } : { price: i }) }));
    await dialog.getByLabel('File').setInputFiles({ name: 'products.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(`${lines.join('\n')}\n`) });
    await dialog.getByText(`0 of ${LINES} lines`).waitFor();
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click();
    await dialog.getByText('All lines are applied or named below.').waitFor();
    await dialog.getByText('Line 1235').waitFor();
    await dialog.getByText('/price').waitFor();
    await visit.settled();
    assert.deepEqual(await visit.findings(), []);
    await visit.screenshot('products-upload');
    await dialog.locator('.ant-flex').last().getByRole('button', { name: 'Close', exact: true }).click();
    await visit.page.getByLabel('The id begins with', { exact: true }).fill('U129');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('cell', { name: 'U1299', exact: true }).waitFor();
    assert.equal(await visit.page.getByRole('cell', { name: 'U1234', exact: true }).count(), 0);
    await visit.close();
  });

  test('a product is changed, and of two people the second sees what the first did', async () => {
    await it.chain.call('PUT', '/v1/products/two', { name: 'First', price: 100 });
    const visit = await it.browser.visitOf(it.chain.staff.marketing);
    visit.expected.push(/\/v1\/products\/two$/);
    await visit.open('products?prefix=two');
    await visit.button('Edit: two').click();
    const dialog = visit.page.getByRole('dialog');
    await dialog.getByLabel('Margin class', { exact: true }).fill('B');
    await it.chain.call('PUT', '/v1/products/two', { name: 'Second', price: 200 });
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByText('Somebody else has changed the product.').waitFor();
    await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.getByText('Second → First').waitFor();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(await it.chain.call('GET', '/v1/products/two'), { productId: 'two', name: 'First', marginClass: 'B', tags: [], price: 100, active: true });
    await visit.close();
  });

  test('a product and a store are added with what rules go by', async () => {
    const visit = await it.browser.visitOf(it.chain.staff.headOffice);
    const dialog = visit.page.getByRole('dialog');
    const send = async (deed) => {
      await dialog.getByRole('button', { name: 'Continue', exact: true }).click();
      await dialog.getByRole('button', { name: deed, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await visit.open('products');
    await visit.button('Add a product').click();
    await dialog.getByLabel('Product', { exact: true }).fill('new-1');
    await dialog.getByLabel('Name', { exact: true }).fill('New');
    await dialog.getByLabel('Category', { exact: true }).fill('food/milk');
    await dialog.getByLabel('Price', { exact: true }).fill('12.80');
    await send('Save');
    assert.deepEqual(await it.chain.call('GET', '/v1/products/new-1'), { productId: 'new-1', name: 'New', category: 'food/milk', tags: [], price: 1280, active: true });

    await visit.open('stores');
    await visit.button('Add a store').click();
    await dialog.getByLabel('Store number', { exact: true }).fill('E2E-2');
    await dialog.getByLabel('Name', { exact: true }).fill('At the airport');
    await dialog.getByLabel('Tags', { exact: true }).fill('airport');
    await visit.page.keyboard.press('Enter');
    await dialog.getByLabel('Time zone', { exact: true }).fill('Urumqi');
    await visit.page.keyboard.press('Enter');
    await send('Add a store');
    const { tags, timeZone } = await it.chain.call('GET', '/v1/stores/E2E-2');
    assert.deepEqual([tags, timeZone], [['airport'], 'Asia/Urumqi']);
    await visit.close();
  });
}
