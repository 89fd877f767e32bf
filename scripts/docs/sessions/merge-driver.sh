cp integrations/order-intake/integration.yml base.yml
sed "s/Corner Shop/Bolt/" base.yml > ours.yml; sed "s/'50'/'60'/" base.yml > theirs.yml
xchange merge-driver base.yml ours.yml theirs.yml
diff base.yml ours.yml || true
