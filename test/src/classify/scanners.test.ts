// The scanners' vocabulary knows what everybody tries and leaves ordinary paths alone.
import { expect, test } from "vitest";
import { isScannerPath } from "../../../src/classify/scanners.ts";

test.each([
  "/.env",
  "/app/.git/config",
  "/wp-login.php",
  "/WP-ADMIN/setup.php",
  "/phpmyadmin/index.php",
  "/cgi-bin/luci",
  "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
  "/backup.sql",
  "/HNAP1",
  "/manager/html",
  "/x/..%2f..%2fetc%2fpasswd",
])("%s is one", (path) => {
  expect(isScannerPath(path)).toBe(true);
});

test.each([
  "/",
  "/environment",
  "/.well-known/openid-configuration",
  "/git/repos",
  "/users/{userId}",
  "/api/config",
  "/manager/teams",
  "/console",
  "/catalog",
  "/index.php",
])("%s is none", (path) => {
  expect(isScannerPath(path)).toBe(false);
});
