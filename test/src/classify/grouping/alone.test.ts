import { expect, test } from "vitest";
import {
  aloneTemplate,
  bracedIn,
  declaredTemplate,
  documentedTemplate,
} from "../../../../src/classify/grouping/alone.ts";

test.each([
  ["/users/42/posts", "/users/{userId}/posts"],
  ["/files/{hex}.json", "/files/{fileId}.json"],
  ["/wp-login.php", "/wp-login.php"],
  ["/Orders({int})", "/Orders({orderId})"],
  ["/tickets/PROJ-12", "/tickets/{ticketId}"],
  ["*", "*"],
  ["{authority}", "{authority}"],
])("%s alone is %s", (path, template) => {
  expect(aloneTemplate({ path, style: "rest" }).path).toBe(template);
});

test("what is known of the beginning helps", () => {
  expect(aloneTemplate({ path: "/shops/blue/orders/late", style: "rest" }, [false, true]).path).toBe(
    "/shops/{shopName}/orders/late",
  );
});

test("calls of protocols on top keep their words", () => {
  expect(aloneTemplate({ path: "/rpc/42/{uuid}", style: "json-rpc" }).path).toBe("/rpc/42/{rpcId}");
});

test("a source's names stay", () => {
  expect(declaredTemplate("/users/{name}/x/{uuid}")).toMatchObject({
    path: "/users/{name}/x/{xId}",
    parameters: [{ name: "name", named: "source", class: "declared" }, { class: "uuid" }],
  });
});

test("a document's names stay, classes are those of what stood there", () => {
  expect(documentedTemplate("/v1/pets/{uuid}.json", "/v1/pets/{petId}.json").parameters).toEqual([
    { name: "petId", class: "uuid", named: "document" },
  ]);
  expect(documentedTemplate("/pets/7", "/pets/{petId}").parameters[0]?.class).toBe("int");
});

test("names in braces, in order", () => {
  expect(bracedIn("/a/{b}/{c}-{d}")).toEqual(["b", "c", "d"]);
});
