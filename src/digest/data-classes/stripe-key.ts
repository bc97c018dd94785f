// Stripe secret key.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "stripe-key",
  title: "Stripe secret key",
  reference: "https://docs.stripe.com/keys",
  sensitivity: "credential",
  needs: ["_", "ks"],
  hint: /[rs]k_(?:live|test)_|whsec_/,
  find: (text) =>
    /(?<!\w)(?:[rs]k_(?:live|test)_[A-Za-z0-9]{16,200}|whsec_[A-Za-z0-9+/]{24,64}={0,2})(?!\w)/.test(text),
  examples: [
    { text: ["sk_test_", "4eC39HqLyjWDarjtT1zdp7dc"].join("") },
    { text: ["rk_live_", "4eC39HqLyjWDarjtT1zdp7dc"].join("") },
  ],
  rejects: [
    { text: "pk_test_TYooMQauvdEDq54NiTphI7jx" },
    { text: "sk_test_short" },
    { text: "task_live_4eC39HqLyjWDarjtT1zdp7dc" },
  ],
});
