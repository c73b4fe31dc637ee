"""The sealed archive copy: PDF/A-2b in two layers, visible block, signature."""
